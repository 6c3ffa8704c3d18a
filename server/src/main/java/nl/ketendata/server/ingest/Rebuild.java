package nl.ketendata.server.ingest;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.delivery.Archive;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.LedgerEntry;
import nl.ketendata.server.store.VersionBuild;

/**
 * Makes the data of a gemeente again from the deliveries that were kept, in the order in which they
 * came: the same rows under the same numbers and moments, as a new version.
 */
public final class Rebuild {
  private final Catalogue catalogue;
  private final IngestSettings settings;
  private final Clock clock;

  public Rebuild(Catalogue catalogue, IngestSettings settings, Clock clock) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param versie the version that holds now
   * @param leveringen how many deliveries it was made from
   */
  public record Result(String gemeente, String product, long versie, int leveringen) {}

  /**
   * @throws Failure KD304 when a ZIP that is needed is no longer kept, KD305 when it is not the one
   *     that was taken in, KD307 when nothing tells which deliveries there were; then nothing has
   *     changed
   */
  public Result rebuild(Gemeente gemeente, Product product, Progress progress) {
    try (VersionBuild build =
        VersionBuild.anew(settings.data(), gemeente, product, catalogue, settings.build(), clock)) {
      List<LedgerEntry> history = build.history();
      history.forEach(entry -> replay(entry, build, gemeente, product, progress));
      build.publishAnew();
      return new Result(gemeente.id(), product.id(), build.number(), history.size());
    }
  }

  private void replay(
      LedgerEntry entry,
      VersionBuild build,
      Gemeente gemeente,
      Product product,
      Progress progress) {
    Path zip = build.replay(entry);
    if (entry.replaces()) {
      build.forgetRows(catalogue);
    }
    try (Archive archive = Archive.open(zip, settings.limits())) {
      DeliveryContents contents =
          DeliveryContents.of(
              archive.entries(),
              entry.name(),
              product,
              catalogue,
              Aliases.read(settings.data(), gemeente));
      build.needSpace(contents.statedBytes());
      FileLoad load = new FileLoad(build, entry.timestamp(), entry.name());
      long done = 0;
      try (Unpacking unpacking = new Unpacking(archive, contents.files(), build.workshop())) {
        for (DeliveryContents.KnownFile file : contents.files()) {
          progress.at(entry.name(), done, contents.statedBytes());
          load.load(unpacking.next());
          done += file.entry().statedBytes();
        }
      }
      progress.at(entry.name(), contents.statedBytes(), contents.statedBytes());
    }
    build.replayed(entry);
  }
}
