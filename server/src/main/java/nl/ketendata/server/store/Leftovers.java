package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/** What a build that was cut off left on disk; it is in nobody's way, but it takes room. */
public final class Leftovers {
  private final VersionFiles files;
  private final Disk disk;

  public Leftovers(Path data, Steps steps) {
    this.files = new VersionFiles(data);
    this.disk = new Disk(steps);
  }

  /**
   * Deletes them, but where somebody is building right now.
   *
   * @param fault told where that could not be done; the others are not kept waiting for it
   */
  public void delete(Consumer<Failure> fault) {
    for (Path removed : files.removed()) {
      attempt(() -> disk.delete(removed), fault);
    }
    for (Gemeente gemeente : files.gemeenten()) {
      for (Product product : Product.values()) {
        attempt(() -> delete(gemeente, product), fault);
      }
    }
  }

  private static void attempt(Work work, Consumer<Failure> fault) {
    try {
      work.run();
    } catch (IOException | SQLException | Failure e) {
      fault.accept(EngineFailures.of(e));
    }
  }

  private interface Work {
    void run() throws IOException, SQLException;
  }

  private void delete(Gemeente gemeente, Product product) throws IOException {
    Path workshop = files.workshop(gemeente, product);
    if (!Files.isDirectory(workshop)) {
      return;
    }
    Optional<BuildLock> lock = BuildLock.attempt(workshop);
    if (lock.isEmpty()) {
      return;
    }
    BuildLock held = lock.get();
    try (held) {
      disk.delete(workshop.resolve(VersionFiles.WORK));
      Optional<Ledger> ledger = ledger(gemeente, product);
      if (ledger.isPresent()) {
        KeptDeliveries kept = new KeptDeliveries(files.folder(gemeente, product), disk);
        kept.deleteBeyond(ledger.get().nextNumber() - 1);
        kept.tell(ledger.get(), workshop);
      }
    }
  }

  /**
   * Deletes the ZIPs of deliveries that were published longer ago; their rows and reports stay.
   *
   * @param keep for how long they are kept
   * @param fault told where that could not be done
   */
  public void deleteZips(Duration keep, Clock clock, Consumer<Failure> fault) {
    Instant limit = clock.instant().minus(keep);
    for (Gemeente gemeente : files.gemeenten()) {
      for (Product product : Product.values()) {
        attempt(() -> deleteZips(gemeente, product, limit), fault);
      }
    }
  }

  private void deleteZips(Gemeente gemeente, Product product, Instant limit)
      throws IOException, SQLException {
    OptionalLong current = files.current(gemeente, product);
    if (current.isEmpty()) {
      return;
    }
    Optional<BuildLock> lock = BuildLock.attempt(files.workshop(gemeente, product));
    if (lock.isEmpty()) {
      return;
    }
    BuildLock held = lock.get();
    try (held) {
      new KeptDeliveries(files.folder(gemeente, product), disk)
          .deleteZipsBefore(
              limit, VersionReading.ledger(files.file(gemeente, product, current.getAsLong())));
    }
  }

  /** Of a version that cannot be read nothing is thrown away: it may have to be made again. */
  private Optional<Ledger> ledger(Gemeente gemeente, Product product) {
    OptionalLong current = files.current(gemeente, product);
    if (current.isEmpty()) {
      return Optional.of(Ledger.EMPTY);
    }
    try {
      return Optional.of(VersionReading.ledger(files.file(gemeente, product, current.getAsLong())));
    } catch (SQLException damaged) {
      return Optional.empty();
    }
  }
}
