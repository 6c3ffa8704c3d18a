package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Space on disk that is read as memory. A file loses its name as soon as it is mapped, so that it
 * is gone when nobody uses it any more, also after a crash; where the system does not allow that,
 * the next start deletes it.
 */
final class Scratch {
  private static final String PREFIX = "kolom-";
  private static final int BLOCK = 1 << 16;

  private final Path folder;
  private boolean begun;

  Scratch(Path folder) {
    this.folder = folder;
  }

  /** Makes sure of the folder, and deletes what a server that ran before could not. */
  void begin() throws IOException {
    if (begun) {
      return;
    }
    Files.createDirectories(folder);
    try (var left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    begun = true;
  }

  /**
   * @throws Unfit when it is more than can be mapped at once
   * @throws IOException also when the disk is full
   */
  ByteBuffer allocate(long size) throws IOException {
    if (size > Integer.MAX_VALUE) {
      throw new Unfit("a column of " + size + " bytes");
    }
    Path file = Files.createTempFile(folder, PREFIX, "");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      fill(channel, size);
      return channel.map(MapMode.READ_WRITE, 0, size).order(ByteOrder.LITTLE_ENDIAN);
    } finally {
      file.toFile().delete();
    }
  }

  /** Writing into a map of a file that has no place on a full disk would end the process. */
  private static void fill(FileChannel channel, long size) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at < size; ) {
      zeros.clear().limit((int) Math.min(BLOCK, size - at));
      at += channel.write(zeros, at);
    }
  }
}
