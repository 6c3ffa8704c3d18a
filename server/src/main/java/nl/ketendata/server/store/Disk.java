package nl.ketendata.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Failure;

/**
 * Changes files so that they stay changed: what was written is forced to the disk before its name
 * appears, and the folder that holds the name after it.
 */
final class Disk {
  private final Steps steps;

  Disk(Steps steps) {
    this.steps = steps;
  }

  /** Makes a folder, with all above it. */
  void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      makeFolder(parent);
    }
    steps.before("make " + folder.getFileName());
    Files.createDirectories(folder);
    if (parent != null) {
      syncFolder(parent);
    }
  }

  /** Makes a folder in one that must be there: not where a drive used to be. */
  void makeFolderHere(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    steps.before("make " + folder.getFileName());
    Files.createDirectory(folder);
    syncFolder(folder.getParent());
  }

  void copy(Path from, Path to) throws IOException {
    steps.before("copy " + from.getFileName());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** SHA-256 of a file's bytes, in hexadecimal. */
  static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw Failure.internal(e);
    }
  }

  void write(Path file, byte[] bytes) throws IOException {
    steps.before("write " + file.getFileName());
    Files.write(file, bytes);
  }

  /** Gives a finished file its place: its bytes are on the disk before its name is. */
  void publish(Path from, Path to) throws IOException {
    steps.before("sync " + to.getFileName());
    try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    steps.before("rename " + to.getFileName());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    steps.before("sync the folder of " + to.getFileName());
    syncFolder(to.getParent());
  }

  /**
   * Only some file systems can sync a folder; where it cannot, the rename is as safe as it gets.
   */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException cannot) {
      // Windows refuses to open a folder.
    }
  }

  /** Gives a folder another name. */
  void rename(Path from, Path to) throws IOException {
    steps.before("rename " + from.getFileName());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(to.getParent());
  }

  /** Deletes a file or a folder with all in it, if it is there. */
  void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        steps.before("delete " + each.getFileName());
        Files.deleteIfExists(each);
      }
    }
  }
}
