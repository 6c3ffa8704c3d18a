package nl.ketendata.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import nl.ketendata.schema.Column;
import nl.ketendata.server.delivery.CsvHeader;
import nl.ketendata.server.delivery.DeliveredFile;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LoadedFile;
import nl.ketendata.server.store.LoadedFile.Reject;
import nl.ketendata.server.store.RefusedRows;
import nl.ketendata.server.store.VersionBuild;

/** Brings one unpacked file into the version that is being built. */
final class FileLoad {
  private final VersionBuild build;
  private final LocalDateTime timestamp;
  private final String delivery;

  /**
   * @param timestamp the moment in the delivery's name
   * @param delivery the delivery's name
   */
  FileLoad(VersionBuild build, LocalDateTime timestamp, String delivery) {
    this.build = build;
    this.timestamp = timestamp;
    this.delivery = delivery;
  }

  /** Loads an unpacked file, and deletes it. */
  Report.FileReport load(KnownFile file, DeliveredFile unpacked) {
    CsvHeader header =
        CsvHeader.read(
            unpacked.path(),
            unpacked.name(),
            names -> HeaderMapping.known(file.table(), names, file.aliases()));
    if (header.names().isEmpty()) {
      return emptyFile(file);
    }
    HeaderMapping mapping = HeaderMapping.of(unpacked.name(), file.table(), header, file.aliases());
    CsvFile csv =
        new CsvFile(
            unpacked.path(), unpacked.name(), file.table(), header.delimiter(), mapping.targets());
    LoadedFile loaded = build.load(csv, timestamp, delivery);
    long values = 0;
    List<Report.Reason> reasons = List.of();
    if (loaded.refused() > 0 || loaded.flawed() > 0) {
      try (RefusedRows refused = build.refused()) {
        CarefulPass pass = new CarefulPass(csv, loaded, refused);
        values = pass.run();
        reasons = pass.reasons();
      }
    }
    long swallowed = swallowed(unpacked.path(), loaded);
    delete(unpacked.path());
    return new Report.FileReport(
        unpacked.name(),
        file.table().name(),
        loaded.accepted() + loaded.refused() + swallowed,
        loaded.added(),
        loaded.known(),
        loaded.replaced(),
        loaded.overruled(),
        loaded.refused() + swallowed,
        values,
        String.valueOf(header.delimiter()),
        mapping.unknown(),
        mapping.missing(),
        reasons);
  }

  private static Report.FileReport emptyFile(KnownFile file) {
    return new Report.FileReport(
        file.entry().name(),
        file.table().name(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        List.of(),
        file.table().columns().stream().map(Column::name).toList(),
        List.of());
  }

  /**
   * Lines that an unclosed quote took with it: they are rows that cannot be placed, though the
   * engine reports them as one. Quoted line breaks in good rows count too; only files with such a
   * fault are looked at.
   */
  private static long swallowed(Path file, LoadedFile loaded) {
    boolean quoting =
        loaded.rejects().stream().anyMatch(reject -> reject.kind() == Reject.Kind.QUOTING);
    if (!quoting) {
      return 0;
    }
    long lines = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw Failure.internal(e);
    }
    return Math.max(0, lines - 1 - loaded.accepted() - loaded.refused());
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }
}
