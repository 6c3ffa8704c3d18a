package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.schema.Column;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LoadedFile;
import nl.ketendata.server.store.LoadedFile.Reject;
import nl.ketendata.server.store.RefusedRows;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a file again to say of every row and value that was turned away where it stands and why.
 * Only for files in which there is something to say.
 */
final class CarefulPass {
  private static final int MOST_REASONS = 100;
  private static final int LONGEST_TEXT = 200;

  private final CsvFile file;
  private final LoadedFile loaded;
  private final RefusedRows refused;
  private final int key;
  private final List<Optional<Column>> columns;
  private final Set<Long> rejectedLines;
  private final Set<String> seen = new HashSet<>();
  private final List<Report.Reason> reasons = new ArrayList<>();
  private long values;

  CarefulPass(CsvFile file, LoadedFile loaded, RefusedRows refused) {
    this.file = file;
    this.loaded = loaded;
    this.refused = refused;
    this.key = file.targets().indexOf(Optional.of(file.table().key()));
    this.columns =
        file.targets().stream().map(target -> target.flatMap(file.table()::column)).toList();
    this.rejectedLines = loaded.rejects().stream().map(Reject::line).collect(Collectors.toSet());
  }

  /**
   * Keeps every refused row and value.
   *
   * @return the number of refused values
   */
  long run() {
    loaded.rejects().forEach(this::keep);
    if (loaded.flawed() == 0 && loaded.withoutKey() == 0 && loaded.doubles() == 0) {
      return 0;
    }
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(file.delimiter())
            .setTrailingData(true)
            .setLenientEof(true)
            .get();
    try (CSVParser parser = CSVParser.parse(file.path(), StandardCharsets.UTF_8, format)) {
      long line = 1;
      for (CSVRecord record : parser) {
        if (line > 1 && !rejectedLines.contains(line)) {
          judge(record, line);
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (IOException | RuntimeException e) {
      throw Failure.of(Code.QUOTING, file.name(), 0).causedBy(e);
    }
    return values;
  }

  /** The first rows and values that were turned away, for the report. */
  List<Report.Reason> reasons() {
    return List.copyOf(reasons);
  }

  private void explain(long line, String column, String text, Failure failure) {
    if (reasons.size() == MOST_REASONS) {
      return;
    }
    String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    reasons.add(new Report.Reason(line, column, shown, failure.code().id(), failure.getMessage()));
  }

  private void keep(Reject reject) {
    Failure failure =
        switch (reject.kind()) {
          case FIELD_COUNT ->
              Failure.of(
                  Code.FIELD_COUNT,
                  file.name(),
                  Long.toString(reject.line()),
                  fields(reject.text()),
                  file.targets().size());
          case QUOTING -> Failure.of(Code.QUOTING, file.name(), Long.toString(reject.line()));
          case ENCODING ->
              Failure.of(Code.ENCODING, file.name(), Long.toString(reject.line()), "UTF-8");
        };
    keep(reject.line(), failure, reject.text());
  }

  private long fields(String text) {
    return text.chars().filter(c -> c == file.delimiter()).count() + 1;
  }

  private void keep(long line, Failure failure, String text) {
    refused.row(file.name(), line, failure.code().id(), failure.getMessage(), text);
    explain(line, "", text, failure);
  }

  private void judge(CSVRecord record, long line) {
    String rowKey = key < record.size() ? record.get(key) : "";
    String text = String.join(String.valueOf(file.delimiter()), record.toList());
    if (rowKey.isEmpty()) {
      keep(
          line,
          Failure.of(Code.ROW_KEY, file.name(), Long.toString(line), file.table().key()),
          text);
      return;
    }
    if (loaded.doubleKeys().contains(rowKey) && !seen.add(rowKey)) {
      keep(line, Failure.of(Code.DOUBLE_KEY, file.name(), Long.toString(line), rowKey), text);
      return;
    }
    for (int i = 0; i < Math.min(record.size(), file.targets().size()); i++) {
      judge(record.get(i), line, rowKey, columns.get(i));
    }
  }

  private void judge(String value, long line, String rowKey, Optional<Column> column) {
    if (value.isEmpty() || column.isEmpty()) {
      return;
    }
    if (ValueRules.fits(column.get().type(), value)) {
      return;
    }
    values++;
    Failure failure =
        Failure.of(
            Code.VALUE,
            file.name(),
            Long.toString(line),
            column.get().name(),
            value,
            ValueRules.expected(column.get().type()));
    refused.value(
        new RefusedRows.Value(
            file.name(),
            file.table().name(),
            line,
            rowKey,
            column.get().name(),
            value,
            failure.code().id(),
            failure.getMessage()));
    explain(line, column.get().name(), value, failure);
  }
}
