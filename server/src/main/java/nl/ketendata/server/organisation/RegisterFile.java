package nl.ketendata.server.organisation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * {@code organisaties.toml} of a data folder. A change by another process is seen at the next
 * question; a file that cannot be read lets nobody in, rather than those of before.
 */
public final class RegisterFile {
  private final Path file;
  private volatile Content content = new Content(Optional.empty(), Register.EMPTY);

  /**
   * @param data the data folder; need not exist
   */
  public RegisterFile(Path data) {
    this.file = data.resolve("organisaties.toml");
  }

  /**
   * What the file says now; nothing when it is not there.
   *
   * @throws Failure KD616 when it cannot be read
   */
  public Register read() {
    Optional<Stamp> stamp = stamp();
    Content known = content;
    if (known.stamp.equals(stamp)) {
      return known.register;
    }
    Register register = stamp.isEmpty() ? Register.EMPTY : parse();
    content = new Content(stamp, register);
    return register;
  }

  /**
   * Changes the file; two processes that do so at once wait for each other.
   *
   * @throws Failure KD616 when it cannot be read or written, and whatever the change throws
   */
  public synchronized void change(UnaryOperator<Register> change) {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        Register before = held.isValid() && Files.exists(file) ? parse() : Register.EMPTY;
        String text = RegisterText.write(change.apply(before));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw Failure.of(Code.ORGANISATION_FILE, file.getFileName()).causedBy(e);
    }
  }

  private Register parse() {
    try {
      return RegisterText.read(Files.readString(file));
    } catch (IOException e) {
      throw Failure.of(Code.ORGANISATION_FILE, file.getFileName()).causedBy(e);
    }
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.of(Code.ORGANISATION_FILE, file.getFileName()).causedBy(e);
    }
  }

  private record Stamp(FileTime modified, long size, Optional<Object> key) {}

  private record Content(Optional<Stamp> stamp, Register register) {}
}
