package nl.ketendata.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * The folder with all data, on a drive that may go away, come back, or become read-only while we
 * run. A drive that is away leaves an empty folder in its place: whatever is then read or written
 * there is wrong, so nothing is.
 */
public final class DataFolder {
  private final Path data;
  private final Path root;

  /**
   * @param data the data folder; there as soon as a store was opened on it
   */
  public DataFolder(Path data) {
    this.data = data.toAbsolutePath().normalize();
    this.root = new VersionFiles(data).root();
  }

  /**
   * @throws Failure KD330 when it is away
   */
  public void require() {
    if (!isThere()) {
      throw Failure.of(Code.DATA_GONE, data);
    }
  }

  /** Whether it can be reached. */
  public boolean isThere() {
    return Files.isDirectory(root);
  }

  /** Why nothing can be taken in, although questions can be answered; empty when it can. */
  public Optional<Failure> readOnly() {
    return Files.isWritable(root)
        ? Optional.empty()
        : Optional.of(Failure.of(Code.NOT_WRITABLE, root));
  }
}
