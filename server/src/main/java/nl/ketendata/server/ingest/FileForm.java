package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.server.delivery.DeliveredFile;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;
import nl.ketendata.server.ingest.csv.Choices;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.ingest.csv.Detection;
import nl.ketendata.server.ingest.csv.Encoding;
import nl.ketendata.server.ingest.csv.Layout;
import nl.ketendata.server.ingest.csv.Probe;
import nl.ketendata.server.store.CsvFile;

/**
 * How an unpacked file is written: all that is found out before its rows are loaded, and without
 * the store.
 *
 * @param csv the file as the store reads it
 * @param header where its fields go
 */
record FileForm(
    CsvFile csv, Probe probe, Layout layout, HeaderMapping header, FormDetection values) {

  /**
   * Finds out.
   *
   * @param probe what its bytes say
   * @return empty for a file without a header
   * @throws Failure KD2xx when it cannot be told, or the header is not of this table
   */
  static Optional<FileForm> of(KnownFile known, DeliveredFile file, Probe probe)
      throws IOException {
    if (probe.empty()) {
      return Optional.empty();
    }
    Choices choices = known.aliases().choices(known.table().name());
    Detection.Header found =
        new Detection(file.path(), file.name(), probe, choices)
            .header(names -> HeaderMapping.known(known.table(), names, known.aliases()));
    if (found.names().isEmpty()) {
      return Optional.empty();
    }
    HeaderMapping header =
        HeaderMapping.of(file.name(), known.table(), found.names(), known.aliases());
    FormDetection values = new FormDetection(file.name(), choices);
    List<Optional<Column>> columns =
        header.targets().stream()
            .map(target -> target.flatMap(name -> known.table().column(name)))
            .toList();
    try (CsvRecords records = records(file.path(), found.layout(), header)) {
      CsvFile csv =
          new CsvFile(
              file.path(),
              file.name(),
              known.table(),
              found.layout().delimiter(),
              header.targets(),
              values.look(records, columns));
      return Optional.of(new FileForm(csv, probe, found.layout(), header, values));
    }
  }

  private static CsvRecords records(Path path, Layout layout, HeaderMapping header)
      throws IOException {
    return new CsvRecords(path, layout, header.targets().size());
  }

  /** Its rows, with care. */
  CsvRecords records() throws IOException {
    return records(csv.path(), layout, header);
  }

  /** Whether the engine may read it as it is; it cannot go back once it has failed. */
  boolean isPlain() {
    return layout.quoted()
        && layout.encoding() == Encoding.UTF_8
        && probe.ends() != Probe.LineEnds.MIXED
        && !probe.blankStart();
  }

  /** For the report. */
  Report.Form shown() {
    return new Report.Form(
        layout.encoding().shown(), probe.ends().shown(), values.dates(), values.decimal());
  }
}
