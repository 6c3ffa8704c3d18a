package nl.ketendata.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The file of a month, kept open: to open it for each line costs more than to write the line. Other
 * processes may write to it as well, or delete it. Used by one thread at a time.
 */
final class OpenMonth implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Optional<Object> key;
  private long size = -1;
  private String hash = "";

  private OpenMonth(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.key = Optional.ofNullable(attributes().fileKey());
  }

  /** Opens it; makes it, for its owner alone, when it is not there. */
  static OpenMonth of(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    FileChannel channel = FileChannel.open(file, options, owner(file));
    try {
      return new OpenMonth(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static FileAttribute<?>[] owner(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  boolean is(Path other) {
    return file.equals(other);
  }

  /** Reads the hash of the last line, of whatever file it is in. */
  interface LastHash {
    String read() throws IOException;
  }

  /**
   * Adds a line.
   *
   * @param last asked when others may have written since
   * @param line of the hash of the line before
   * @return false when what is open is no longer the file of this name; nothing is written then
   */
  boolean append(LastHash last, UnaryOperator<String> line) throws IOException {
    try (FileLock lock = channel.lock()) {
      BasicFileAttributes now = attributes();
      if (!lock.isValid() || !Optional.ofNullable(now.fileKey()).equals(key)) {
        return false;
      }
      if (now.size() != size) {
        hash = last.read();
      }
      String text = line.apply(hash);
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text + "\n");
      long end = now.size() + bytes.remaining();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      size = end;
      hash = Line.hash(text);
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
