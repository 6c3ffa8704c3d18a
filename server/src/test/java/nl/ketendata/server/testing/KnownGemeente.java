package nl.ketendata.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.server.policy.Gemeente;

/** A data folder with one gemeente without deliveries: made once, and copied for each test. */
public final class KnownGemeente {
  private final Path made;

  /**
   * @param folder to make it in
   */
  public KnownGemeente(Path folder, String gemeente) {
    this.made = folder;
    try (TestServer server = new TestServer(folder)) {
      server.ingest().makeKnown(Gemeente.parse(gemeente));
    }
  }

  /** Copies it to a folder that is not there yet, or is empty. */
  public void copyTo(Path folder) {
    try (Stream<Path> paths = Files.walk(made)) {
      List<Path> inOrder = paths.sorted().toList();
      for (Path path : inOrder) {
        Path target = folder.resolve(made.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
