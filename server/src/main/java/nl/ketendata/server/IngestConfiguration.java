package nl.ketendata.server;

import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.ingest.IngestSettings;
import nl.ketendata.server.settings.DeliverySettings;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.store.BuildSettings;

/** What an ingest may use, from the settings. */
public final class IngestConfiguration {
  private IngestConfiguration() {}

  /** Half of the engine's memory: a serving engine may be at work beside it. */
  public static IngestSettings of(Settings settings) {
    return new IngestSettings(
        settings.data(),
        limits(settings.deliveries().archive()),
        new BuildSettings(
            Math.max(128, settings.engine().memory().bytes() / (2 << 20)),
            settings.engine().threads()),
        settings.deliveries().refusedPercent() / 100.0);
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
