package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Other names for files and columns, since the real product's headers are not public. Read from
 * {@code aliassen.csv} in the data folder, with the columns {@code bestand} (a table of ours; empty
 * for every table), {@code naam} (as delivered) and {@code betekent} (our name; for a file the
 * table's, then {@code bestand} is {@code *}).
 */
final class Aliases {
  private final Map<String, String> files;
  private final Map<String, String> columns;

  private Aliases(Map<String, String> files, Map<String, String> columns) {
    this.files = files;
    this.columns = columns;
  }

  /**
   * @throws Failure KD701 when the file is there and cannot be used
   */
  static Aliases read(Path data) {
    Path file = data.resolve("aliassen.csv");
    Map<String, String> files = new HashMap<>();
    Map<String, String> columns = new HashMap<>();
    if (!Files.exists(file)) {
      return new Aliases(files, columns);
    }
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      for (CSVRecord record : parser) {
        String table = record.get("bestand");
        Map<String, String> target = table.equals("*") ? files : columns;
        String scope = table.equals("*") ? "" : table;
        target.put(key(scope, record.get("naam")), record.get("betekent"));
      }
    } catch (IOException | RuntimeException e) {
      throw Failure.of(Code.SETTINGS, "aliassen.csv: " + e.getMessage()).causedBy(e);
    }
    return new Aliases(files, columns);
  }

  /** The name of the table that a file is for. */
  String table(String fileName) {
    String base = fileName.replaceFirst("(?i)\\.csv$", "");
    return files.getOrDefault(key("", base), files.getOrDefault(key("", fileName), base));
  }

  /** Our name of a column. */
  String column(String table, String name) {
    return columns.getOrDefault(key(table, name), columns.getOrDefault(key("", name), name));
  }

  private static String key(String table, String name) {
    return (table + "/" + name).toLowerCase(Locale.ROOT);
  }
}
