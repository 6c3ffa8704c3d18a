package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import nl.ketendata.schema.Column;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;
import nl.ketendata.server.ingest.csv.CleanCopy;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LoadedFile;
import nl.ketendata.server.store.VersionBuild;

/**
 * Brings one unpacked file into the version that is being built. The engine reads it as it is when
 * it can; otherwise it reads a copy with the rows that can be placed.
 */
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
  Report.FileReport load(UnpackedFile file) {
    long started = System.nanoTime();
    try {
      Report.FileReport report =
          file.form().isPresent() ? read(file.form().get()) : emptyFile(file.known());
      Files.delete(file.path());
      return report.after((System.nanoTime() - started) / 1_000_000 / 1000.0);
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }

  private Report.FileReport read(FileForm form) throws IOException {
    CsvFile csv = form.csv();
    try (Refusals refusals = new Refusals(build, csv, form.layout())) {
      LoadedFile loaded = load(form, refusals);
      if (CarefulPass.isNeeded(loaded)) {
        try (CsvRecords records = form.records()) {
          new CarefulPass(csv, loaded, refusals).run(records);
        }
      }
      return report(form, loaded, refusals, findings(csv));
    }
  }

  private List<Report.Finding> findings(CsvFile csv) {
    return build.findings(csv).stream()
        .map(
            found ->
                new Report.Finding(
                    found.column(), found.code(), found.text(), found.rows(), found.key()))
        .toList();
  }

  private LoadedFile load(FileForm form, Refusals refusals) throws IOException {
    CsvFile csv = form.csv();
    if (form.isPlain()) {
      LoadedFile loaded = build.load(csv, timestamp, delivery);
      if (!loaded.unread()) {
        return loaded;
      }
    }
    Path copy = csv.path().resolveSibling("schoon-" + csv.path().getFileName());
    CleanCopy.write(csv.path(), form.layout(), csv.targets().size(), copy, refusals::broken);
    LoadedFile loaded = build.load(csv.at(copy, CleanCopy.DELIMITER), timestamp, delivery);
    Files.delete(copy);
    if (loaded.unread()) {
      throw Failure.of(Code.UNREADABLE_CSV, csv.name());
    }
    return loaded;
  }

  private static Report.FileReport report(
      FileForm form, LoadedFile loaded, Refusals refusals, List<Report.Finding> findings) {
    CsvFile csv = form.csv();
    return new Report.FileReport(
        csv.name(),
        csv.table().name(),
        loaded.accepted() + refusals.rows(),
        loaded.added(),
        loaded.known(),
        loaded.replaced(),
        loaded.overruled(),
        refusals.rows(),
        refusals.values(),
        String.valueOf(csv.delimiter()),
        form.shown(),
        form.header().unknown(),
        form.header().missing(),
        findings,
        refusals.reasons(),
        0);
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
        Report.Form.NONE,
        List.of(),
        file.table().columns().stream().map(Column::name).toList(),
        List.of(),
        List.of(),
        0);
  }
}
