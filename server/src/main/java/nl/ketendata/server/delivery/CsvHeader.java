package nl.ketendata.server.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The first line of a CSV file.
 *
 * @param delimiter the character between fields
 * @param names the names, as written but trimmed; empty for an empty file
 */
public record CsvHeader(char delimiter, List<String> names) {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  /** Whatever this many characters hold, it is no header. */
  private static final int LONGEST = 1 << 18;

  public CsvHeader {
    names = List.copyOf(names);
  }

  /**
   * Reads the header, with the delimiter under which most of its names are known.
   *
   * @param known how many of these names a table knows
   */
  public static CsvHeader read(Path file, String name, ToIntFunction<List<String>> known) {
    String start = start(file, name);
    return DELIMITERS.stream()
        .map(delimiter -> new CsvHeader(delimiter, names(start, delimiter, name)))
        .reduce((a, b) -> known.applyAsInt(b.names) > known.applyAsInt(a.names) ? b : a)
        .orElseThrow();
  }

  private static String start(Path file, String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      char[] buffer = new char[LONGEST];
      int length = Math.max(0, reader.read(buffer));
      String text = new String(buffer, 0, length);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, name).causedBy(e);
    }
  }

  private static List<String> names(String start, char delimiter, String name) {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
    try (CSVParser parser = CSVParser.parse(start, format);
        Stream<CSVRecord> records = parser.stream()) {
      return records.findFirst().map(CSVRecord::toList).orElse(List.of()).stream()
          .map(String::strip)
          .toList();
    } catch (IOException | RuntimeException e) {
      throw Failure.of(Code.QUOTING, name, 1).causedBy(e);
    }
  }
}
