package nl.ketendata.server.ingest;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.ketendata.schema.Column;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LoadedFile;

/**
 * Reads a file again to say of every row without a key of its own, and of every value that does not
 * fit, where it stands and why. Only for files in which there is something to say.
 */
final class CarefulPass {
  private final CsvFile file;
  private final LoadedFile loaded;
  private final Refusals refusals;
  private final ValueRules rules;
  private final int key;
  private final List<Optional<Column>> columns;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> plainBsns = new TreeMap<>();

  CarefulPass(CsvFile file, LoadedFile loaded, Refusals refusals) {
    this.file = file;
    this.loaded = loaded;
    this.refusals = refusals;
    this.rules = new ValueRules(file.forms());
    this.key = file.targets().indexOf(Optional.of(file.table().key()));
    this.columns =
        file.targets().stream().map(target -> target.flatMap(file.table()::column)).toList();
  }

  /** Whether there is anything to say of a file. */
  static boolean isNeeded(LoadedFile loaded) {
    return loaded.flawed() > 0 || loaded.withoutKey() > 0 || loaded.doubles() > 0;
  }

  /**
   * Keeps every row and value that was turned away.
   *
   * @param records the file as it was delivered
   * @throws Failure KD205 when a row that was turned away holds a readable BSN in a hashed column
   */
  void run(CsvRecords records) throws IOException {
    records.next();
    while (records.next()) {
      if (records.fault().isEmpty()) {
        judge(records.fields(), records.line());
      }
    }
    for (Map.Entry<String, Long> column : plainBsns.entrySet()) {
      throw Failure.of(Code.PLAIN_BSN, file.name(), column.getKey(), column.getValue());
    }
  }

  private void judge(List<String> fields, long line) {
    String rowKey = fields.get(key);
    if (rowKey.isEmpty()) {
      refuse(fields, line, Failure.of(Code.ROW_KEY, file.name(), number(line), file.table().key()));
    } else if (loaded.doubleKeys().contains(rowKey) && !seen.add(rowKey)) {
      String shown = RefusedText.masked(rowKey);
      refuse(fields, line, Failure.of(Code.DOUBLE_KEY, file.name(), number(line), shown));
    } else {
      for (int i = 0; i < columns.size(); i++) {
        judge(fields.get(i), line, rowKey, columns.get(i));
      }
    }
  }

  private static String number(long line) {
    return Long.toString(line);
  }

  private void refuse(List<String> fields, long line, Failure failure) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      String value = fields.get(i);
      Optional<Column> hashed = columns.get(i).filter(Column::hashed);
      if (hashed.isPresent() && RefusedText.isBsn(value)) {
        plainBsns.merge(hashed.get().name(), 1L, Long::sum);
      }
      text.append(i > 0 ? String.valueOf(file.delimiter()) : "");
      text.append(hashed.isPresent() && !value.isEmpty() ? "***" : value);
    }
    refusals.row(line, failure, text.toString());
  }

  private void judge(String value, long line, String rowKey, Optional<Column> column) {
    if (value.isEmpty() || column.isEmpty() || rules.fits(column.get().type(), value)) {
      return;
    }
    refusals.value(line, rowKey, column.get().name(), value, rules.expected(column.get().type()));
  }
}
