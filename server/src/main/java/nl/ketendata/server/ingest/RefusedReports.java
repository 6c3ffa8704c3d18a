package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The reports of deliveries that were read and refused for what is in them, in {@code
 * gemeenten/GM9030/ijw/geweigerd}: one per name, the last. They show rows that could not be placed,
 * so they are for the owner of the data folder only.
 */
final class RefusedReports {
  private RefusedReports() {}

  static void keep(Path data, Gemeente gemeente, Product product, String delivery, String report) {
    Path folder = folder(data, gemeente, product);
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
      ownersOnly(folder, "rwx------");
      Path written = Files.createTempFile(folder, "verslag", ".nieuw");
      ownersOnly(written, "rw-------");
      Files.write(written, report.getBytes(StandardCharsets.UTF_8));
      Files.move(written, folder.resolve(delivery + ".json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, folder).causedBy(e);
    }
  }

  /** The last report of a delivery of this name that was refused for what is in it. */
  static Optional<String> find(Path data, Gemeente gemeente, Product product, String delivery) {
    try {
      Path report = folder(data, gemeente, product).resolve(delivery + ".json");
      return Optional.of(Files.readString(report));
    } catch (NoSuchFileException | InvalidPathException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, delivery).causedBy(e);
    }
  }

  private static Path folder(Path data, Gemeente gemeente, Product product) {
    return data.resolve("gemeenten")
        .resolve(gemeente.id())
        .resolve(product.id())
        .resolve("geweigerd");
  }

  private static void ownersOnly(Path path, String permissions) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
