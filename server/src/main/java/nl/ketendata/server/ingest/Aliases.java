package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.csv.Choices;
import nl.ketendata.server.ingest.csv.Encoding;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.DateForm;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Other names for files and columns, since the real product's headers are not public, and how files
 * are written where that cannot be found. Read from {@code aliassen.csv} in the data folder, then
 * from the one in the gemeente's folder, which goes before it.
 *
 * <p>The columns are {@code bestand} (a table of ours; empty for every table), {@code naam} (as
 * delivered) and {@code betekent} (our name; for a file the table's, then {@code bestand} is {@code
 * *}). A {@code naam} between square brackets is a property of the file: {@code [scheidingsteken]},
 * {@code [aanhaling]}, {@code [codering]}, {@code [datum]} or {@code [decimaalteken]}.
 */
final class Aliases {
  private static final String FILE = "aliassen.csv";
  private static final Map<String, Character> DELIMITERS =
      Map.of("komma", ',', "puntkomma", ';', "tab", '\t');
  private static final Map<String, Boolean> QUOTES = Map.of("ja", true, "nee", false);
  private static final Map<String, Encoding> ENCODINGS =
      Map.of("utf-8", Encoding.UTF_8, "windows-1252", Encoding.WINDOWS_1252);
  private static final Map<String, DateForm> DATES =
      Map.of(
          "jjjj-mm-dd", DateForm.ISO, "dd-mm-jjjj", DateForm.DUTCH, "jjjjmmdd", DateForm.COMPACT);
  private static final Map<String, Character> DECIMALS = Map.of("komma", ',', "punt", '.');
  private static final Map<String, Map<String, ?>> PROPERTIES =
      Map.of(
          "[scheidingsteken]", DELIMITERS,
          "[aanhaling]", QUOTES,
          "[codering]", ENCODINGS,
          "[datum]", DATES,
          "[decimaalteken]", DECIMALS);

  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> columns = new HashMap<>();

  private Aliases() {}

  /**
   * @throws Failure KD701 when a file is there and cannot be used
   */
  static Aliases read(Path data, Gemeente gemeente) {
    Aliases aliases = new Aliases();
    aliases.add(data.resolve(FILE), FILE);
    String own = "gemeenten/" + gemeente.id() + "/" + FILE;
    aliases.add(data.resolve(own), own);
    return aliases;
  }

  private void add(Path file, String name) {
    if (!Files.exists(file)) {
      return;
    }
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      for (CSVRecord record : parser) {
        add(record.get("bestand"), record.get("naam"), record.get("betekent"), name);
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw Failure.of(Code.SETTINGS, name + ": " + e.getMessage()).causedBy(e);
    }
  }

  private void add(String table, String name, String meaning, String file) {
    if (name.startsWith("[")) {
      checkProperty(name, meaning, file);
    }
    Map<String, String> target = table.equals("*") ? files : columns;
    target.put(key(table.equals("*") ? "" : table, name), meaning);
  }

  private static void checkProperty(String name, String value, String file) {
    Map<String, ?> allowed =
        Optional.<Map<String, ?>>ofNullable(PROPERTIES.get(name.toLowerCase(Locale.ROOT)))
            .orElseThrow(
                () ->
                    unknown(
                        file,
                        name,
                        String.join(", ", PROPERTIES.keySet().stream().sorted().toList())));
    if (!allowed.containsKey(value.toLowerCase(Locale.ROOT))) {
      throw unknown(
          file, name + " " + value, String.join(", ", allowed.keySet().stream().sorted().toList()));
    }
  }

  private static Failure unknown(String file, String found, String allowed) {
    return Failure.of(Code.SETTINGS, file + ": " + found + "; toegestaan: " + allowed);
  }

  /** The name of the table that a file is for. */
  String table(String fileName) {
    String base = fileName.replaceFirst("(?i)\\.csv$", "");
    return files.getOrDefault(key("", base), files.getOrDefault(key("", fileName), base));
  }

  /** Our name of a column. */
  String column(String table, String name) {
    return find(table, name).orElse(name);
  }

  /** What is laid down about how a table's files are written. */
  Choices choices(String table) {
    return new Choices(
        property(table, "[scheidingsteken]", DELIMITERS),
        property(table, "[aanhaling]", QUOTES),
        property(table, "[codering]", ENCODINGS),
        property(table, "[datum]", DATES),
        property(table, "[decimaalteken]", DECIMALS));
  }

  private <T> Optional<T> property(String table, String name, Map<String, T> values) {
    return find(table, name).map(value -> values.get(value.toLowerCase(Locale.ROOT)));
  }

  private Optional<String> find(String table, String name) {
    return Optional.ofNullable(columns.get(key(table, name)))
        .or(() -> Optional.ofNullable(columns.get(key("", name))));
  }

  private static String key(String table, String name) {
    return (table + "/" + name).toLowerCase(Locale.ROOT);
  }
}
