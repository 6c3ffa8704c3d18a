package nl.ketendata.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room on disk for what slow clients have not taken yet. When it is full, an answer waits for its
 * client instead. Safe for many threads.
 */
final class Spools {
  /** One answer gets at most this part of the room. */
  private static final int SHARE = 4;

  private final Optional<Path> folder;
  private final long most;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong files = new AtomicLong();

  /**
   * @param folder where files may be made, which are gone when the server starts again
   * @param most bytes in all
   */
  Spools(Optional<Path> folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /** A new place; nothing when there is none. */
  Optional<Outflow.Backlog> open() throws IOException {
    if (folder.isEmpty() || used.get() >= most) {
      return Optional.empty();
    }
    Path file = folder.get().resolve("traag-" + files.incrementAndGet() + ".antwoord");
    return Optional.of(
        new Spool(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)));
  }

  /** Bytes that wait, or have waited for an answer that is not yet over. */
  long bytes() {
    return used.get();
  }

  private final class Spool implements Outflow.Backlog {
    private final FileChannel file;
    private long written;
    private long read;

    Spool(FileChannel file) {
      this.file = file;
    }

    @Override
    public boolean isEmpty() {
      return read == written;
    }

    @Override
    public boolean append(ByteBuffer bytes) throws IOException {
      int size = bytes.remaining();
      if (written + size > most / SHARE) {
        return false;
      }
      if (used.addAndGet(size) > most) {
        used.addAndGet(-size);
        return false;
      }
      ByteBuffer from = bytes.duplicate();
      for (long at = written; from.hasRemaining(); ) {
        at += file.write(from, at);
      }
      written += size;
      return true;
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
      into.limit((int) Math.min(into.limit(), into.position() + written - read));
      while (into.hasRemaining()) {
        int count = file.read(into, read);
        if (count < 0) {
          throw new IOException("What waited for the client is gone");
        }
        read += count;
      }
    }

    @Override
    public void close() {
      used.addAndGet(-written);
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
