package nl.ketendata.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Takes down an answer while it is sent: in memory while it is small, then on disk. What was not
 * {@link #complete}d leaves nothing behind. It never troubles the answer: when the disk is full,
 * the answer is just not kept.
 */
final class Recording {
  /** The largest answer that stays in memory. */
  static final int SMALL = 32 * 1024;

  private final Path file;
  private final long most;
  private final Ending ending;
  private final ByteArrayOutputStream small = new ByteArrayOutputStream();
  private Optional<FileChannel> channel = Optional.empty();
  private long length;
  private boolean over;

  /** Hears how it ended, once. */
  interface Ending {
    /**
     * @param answer nothing when it is not to be kept
     */
    void ended(Optional<KeptAnswer> answer);
  }

  /**
   * @param file where a large one goes
   * @param most bytes; a larger answer is not kept
   */
  Recording(Path file, long most, Ending ending) {
    this.file = file;
    this.most = most;
    this.ending = ending;
  }

  void write(ByteBuffer bytes) {
    if (over) {
      return;
    }
    length += bytes.remaining();
    if (length > most) {
      discard();
      return;
    }
    try {
      if (channel.isEmpty() && length <= SMALL) {
        small.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        return;
      }
      write(channel.isPresent() ? channel.get() : toDisk(), bytes.duplicate());
    } catch (IOException e) {
      discard();
    }
  }

  private FileChannel toDisk() throws IOException {
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel = Optional.of(opened);
    write(opened, ByteBuffer.wrap(small.toByteArray()));
    small.reset();
    return opened;
  }

  private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** The answer is whole. */
  void complete(Map<String, String> headers) {
    if (over) {
      return;
    }
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      discard();
      return;
    }
    over = true;
    KeptAnswer.Body body =
        channel.isPresent()
            ? new KeptAnswer.OnDisk(file)
            : new KeptAnswer.InMemory(small.toByteArray());
    ending.ended(Optional.of(new KeptAnswer(headers, length, body)));
  }

  /** The answer will not be whole. */
  void discard() {
    if (over) {
      return;
    }
    over = true;
    small.reset();
    try {
      if (channel.isPresent()) {
        channel.get().close();
        Files.deleteIfExists(file);
      }
    } catch (IOException stays) {
      // It is deleted when the server starts again.
    }
    ending.ended(Optional.empty());
  }
}
