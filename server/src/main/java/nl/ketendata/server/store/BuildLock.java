package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The one place where a version is built, held within this process and between processes. */
final class BuildLock implements AutoCloseable {
  private static final String NAME = "slot";

  private final FileChannel channel;

  private BuildLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for its turn. The system frees the place when a process ends, in whatever way.
   *
   * @param folder an existing folder
   */
  static BuildLock acquire(Path folder) throws IOException {
    while (true) {
      Optional<BuildLock> lock = attempt(folder);
      if (lock.isPresent()) {
        return lock.get();
      }
      pause();
    }
  }

  /** Takes the place if it is free. */
  static Optional<BuildLock> attempt(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new BuildLock(channel));
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Somebody else here has it.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }
}
