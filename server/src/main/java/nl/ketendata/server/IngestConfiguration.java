package nl.ketendata.server;

import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.ingest.IngestSettings;
import nl.ketendata.server.settings.DeliverySettings;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.store.BuildSettings;

/** What an ingest may use, from the settings. */
public final class IngestConfiguration {
  private IngestConfiguration() {}

  private static final long LEAST_MEGABYTES = 128;

  /** Four million rows take as long with a quarter of it as with ten times as much. */
  private static final long MOST_MEGABYTES = 1024;

  /** Half of the engine's memory: a serving engine may be at work beside it. */
  public static IngestSettings of(Settings settings) {
    return new IngestSettings(
        settings.data(),
        limits(settings.deliveries().archive()),
        new BuildSettings(
            megabytes(settings.engine().memory().bytes() / 2), settings.engine().threads()),
        settings.deliveries().refusedPercent() / 100.0);
  }

  private static long megabytes(long bytes) {
    return Math.max(LEAST_MEGABYTES, Math.min(MOST_MEGABYTES, bytes >> 20));
  }

  private static ArchiveLimits limits(DeliverySettings.Archives archives) {
    return new ArchiveLimits(
        archives.size().bytes(),
        archives.entries(),
        archives.entry().bytes(),
        archives.unpacked().bytes(),
        archives.ratio());
  }
}
