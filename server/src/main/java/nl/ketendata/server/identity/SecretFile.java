package nl.ketendata.server.identity;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * A list in a JSON file that only the owner may read. Written whole and swapped in, under a lock
 * between processes; read again as soon as another process has written it.
 */
final class SecretFile<T> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Function<JsonNode, T> reader;
  private final Function<T, ? extends JsonNode> writer;
  private volatile Content<T> content = new Content<>(Optional.empty(), List.of());

  SecretFile(Path file, Function<JsonNode, T> reader, Function<T, ? extends JsonNode> writer) {
    this.file = file;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * What is in the file now; nothing when it is not there.
   *
   * @throws Failure KD609 when it cannot be read
   */
  List<T> read() {
    Optional<Stamp> stamp = stamp();
    Content<T> known = content;
    if (known.stamp().equals(stamp)) {
      return known.items();
    }
    List<T> items = stamp.isEmpty() ? List.of() : parse();
    content = new Content<>(stamp, items);
    return items;
  }

  /**
   * Changes the list; two processes that do so at once wait for each other.
   *
   * @throws Failure KD609 when it cannot be read or written, and whatever the change throws
   */
  synchronized void change(UnaryOperator<List<T>> change) {
    Path folder = file.toAbsolutePath().getParent();
    Path lockFile = folder.resolve(file.getFileName() + ".lock");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), owner());
          FileLock lock = channel.lock()) {
        List<T> before = lock.isValid() && Files.exists(file) ? parse() : List.of();
        write(change.apply(new ArrayList<>(before)));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void write(List<T> items) throws IOException {
    ArrayNode array = JSON.createArrayNode();
    items.forEach(item -> array.add(writer.apply(item)));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(next, fresh, owner())) {
      ByteBuffer bytes =
          ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(array));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<T> parse() {
    try {
      List<T> items = new ArrayList<>();
      for (JsonNode node : JSON.readTree(Files.readAllBytes(file))) {
        items.add(reader.apply(node));
      }
      return List.copyOf(items);
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException | Failure e) {
      throw unreadable(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Optional<Object> key = Optional.ofNullable(attributes.fileKey());
      return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size(), key));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private FileAttribute<?>[] owner() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private Failure unreadable(Exception cause) {
    return Failure.of(Code.SIGN_IN_FILE, file.getFileName()).causedBy(cause);
  }

  /** Differs after every write: the swapped-in file is another file. */
  private record Stamp(FileTime modified, long size, Optional<Object> key) {}

  private record Content<T>(Optional<Stamp> stamp, List<T> items) {}
}
