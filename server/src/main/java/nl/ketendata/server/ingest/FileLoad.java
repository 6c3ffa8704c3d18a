package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.server.delivery.DeliveredFile;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;
import nl.ketendata.server.ingest.csv.Choices;
import nl.ketendata.server.ingest.csv.CleanCopy;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.ingest.csv.Detection;
import nl.ketendata.server.ingest.csv.Encoding;
import nl.ketendata.server.ingest.csv.Layout;
import nl.ketendata.server.ingest.csv.Probe;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LoadedFile;
import nl.ketendata.server.store.ValueForms;
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
  Report.FileReport load(KnownFile file, DeliveredFile unpacked) {
    long started = System.nanoTime();
    try {
      Report.FileReport report = read(file, unpacked);
      Files.delete(unpacked.path());
      return report.after((System.nanoTime() - started) / 1_000_000 / 1000.0);
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }

  private Report.FileReport read(KnownFile file, DeliveredFile unpacked) throws IOException {
    Path path = unpacked.path();
    Probe probe = Probe.of(path, unpacked.name());
    if (probe.empty()) {
      return emptyFile(file);
    }
    Choices choices = file.aliases().choices(file.table().name());
    Detection.Header header =
        new Detection(path, unpacked.name(), probe, choices)
            .header(names -> HeaderMapping.known(file.table(), names, file.aliases()));
    if (header.names().isEmpty()) {
      return emptyFile(file);
    }
    Layout layout = header.layout();
    HeaderMapping mapping =
        HeaderMapping.of(unpacked.name(), file.table(), header.names(), file.aliases());
    FormDetection forms = new FormDetection(unpacked.name(), choices);
    CsvFile csv =
        new CsvFile(
            path,
            unpacked.name(),
            file.table(),
            layout.delimiter(),
            mapping.targets(),
            forms(forms, path, layout, mapping, file));
    try (Refusals refusals = new Refusals(build, csv, layout)) {
      LoadedFile loaded = load(csv, layout, isPlain(probe, layout), refusals);
      if (CarefulPass.isNeeded(loaded)) {
        try (CsvRecords records = records(path, layout, mapping)) {
          new CarefulPass(csv, loaded, refusals).run(records);
        }
      }
      Report.Form form =
          new Report.Form(
              layout.encoding().shown(), probe.ends().shown(), forms.dates(), forms.decimal());
      return report(csv, loaded, mapping, form, refusals, findings(csv));
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

  private static ValueForms forms(
      FormDetection forms, Path path, Layout layout, HeaderMapping mapping, KnownFile file)
      throws IOException {
    List<Optional<Column>> columns =
        mapping.targets().stream()
            .map(target -> target.flatMap(name -> file.table().column(name)))
            .toList();
    try (CsvRecords records = records(path, layout, mapping)) {
      return forms.look(records, columns);
    }
  }

  private static CsvRecords records(Path path, Layout layout, HeaderMapping mapping)
      throws IOException {
    return new CsvRecords(path, layout, mapping.targets().size());
  }

  /** Whether the engine may read it as it is; it cannot go back once it has failed. */
  private static boolean isPlain(Probe probe, Layout layout) {
    return layout.quoted()
        && layout.encoding() == Encoding.UTF_8
        && probe.ends() != Probe.LineEnds.MIXED
        && !probe.blankStart();
  }

  private LoadedFile load(CsvFile csv, Layout layout, boolean plain, Refusals refusals)
      throws IOException {
    if (plain) {
      LoadedFile loaded = build.load(csv, timestamp, delivery);
      if (!loaded.unread()) {
        return loaded;
      }
    }
    Path copy = csv.path().resolveSibling("schoon-" + csv.path().getFileName());
    CleanCopy.write(csv.path(), layout, csv.targets().size(), copy, refusals::broken);
    LoadedFile loaded = build.load(csv.at(copy, CleanCopy.DELIMITER), timestamp, delivery);
    Files.delete(copy);
    if (loaded.unread()) {
      throw Failure.of(Code.UNREADABLE_CSV, csv.name());
    }
    return loaded;
  }

  private static Report.FileReport report(
      CsvFile csv,
      LoadedFile loaded,
      HeaderMapping mapping,
      Report.Form form,
      Refusals refusals,
      List<Report.Finding> findings) {
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
        form,
        mapping.unknown(),
        mapping.missing(),
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
