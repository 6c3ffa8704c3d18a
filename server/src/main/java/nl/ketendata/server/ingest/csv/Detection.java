package nl.ketendata.server.ingest.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;

/**
 * Finds what separates the fields of a file: that under which most names of the header are known.
 * Two that do equally well are not guessed between, nor is a header that says other than its rows.
 */
public final class Detection {
  private static final Map<Character, String> NAMES =
      Map.of(',', "komma", ';', "puntkomma", '\t', "tab");

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  /** Rows that are looked at. */
  private static final int SAMPLE = 1000;

  private final Path file;
  private final String name;
  private final Probe probe;
  private final Choices choices;

  /**
   * @param name the file's name in the delivery
   * @param choices what the administrator has laid down
   */
  public Detection(Path file, String name, Probe probe, Choices choices) {
    this.file = file;
    this.name = name;
    this.probe = probe;
    this.choices = choices;
  }

  /**
   * The layout with the header that it gives.
   *
   * @param known how many of these names the table knows
   * @throws Failure KD212 when the delimiter cannot be told, KD208 when the header is broken
   */
  public Header header(ToIntFunction<List<String>> known) {
    if (choices.delimiter().isPresent()) {
      return whole(List.of(header(choices.delimiter().get())));
    }
    List<Header> best = new ArrayList<>();
    int most = 0;
    boolean broken = false;
    for (char delimiter : DELIMITERS) {
      Header header = header(delimiter);
      if (header.broken()) {
        broken = true;
        continue;
      }
      int count = known.applyAsInt(header.names());
      boolean same = !best.isEmpty() && best.get(0).names().equals(header.names());
      if (count > most) {
        best.clear();
        most = count;
      }
      if (count == most && !same) {
        best.add(header);
      }
    }
    if (most > 0 && best.size() > 1) {
      String one = shown(best.get(0));
      String other = shown(best.get(1));
      throw unclear(
          "de kop past bij " + one + " en bij " + other,
          "the header fits " + one + " and " + other);
    }
    Header header = whole(most > 0 || !broken ? best : List.of());
    checkRows(header);
    return header;
  }

  private Header whole(List<Header> found) {
    return found.stream()
        .filter(header -> !header.broken())
        .findFirst()
        .orElseThrow(() -> Failure.of(Code.QUOTING, name, "1"));
  }

  private void checkRows(Header header) {
    if (fitting(header.layout(), header.names().size()) > 0) {
      return;
    }
    for (char delimiter : DELIMITERS) {
      int width = header.names().size();
      if (delimiter != header.layout().delimiter()
          && width > 1
          && fitting(layout(delimiter), width) > 0) {
        String rows = NAMES.get(delimiter);
        throw unclear(
            "de kop past bij " + shown(header) + ", de rijen bij " + rows,
            "the header fits " + shown(header) + ", the rows fit " + rows);
      }
    }
  }

  /** Rows of the sample with this number of fields. */
  private int fitting(Layout layout, int width) {
    try (CsvRecords records = new CsvRecords(file, layout, width)) {
      int fitting = 0;
      records.next();
      for (int i = 0; i < SAMPLE && fitting == 0 && records.next(); i++) {
        fitting += records.fault().isEmpty() ? 1 : 0;
      }
      return fitting;
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, name).causedBy(e);
    }
  }

  private Header header(char delimiter) {
    Layout layout = layout(delimiter);
    try (CsvRecords records = new CsvRecords(file, layout, 0)) {
      if (!records.next()) {
        return new Header(layout, List.of(), false);
      }
      if (records.fault().isPresent()) {
        return new Header(layout, List.of(), true);
      }
      return new Header(layout, records.fields().stream().map(String::strip).toList(), false);
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, name).causedBy(e);
    }
  }

  private Layout layout(char delimiter) {
    return new Layout(
        delimiter,
        choices.quoted().orElse(true),
        choices.encoding().orElse(probe.encoding()),
        probe.marked());
  }

  private static String shown(Header header) {
    return NAMES.get(header.layout().delimiter());
  }

  private Failure unclear(String dutch, String english) {
    return Failure.of(Code.UNCLEAR_DELIMITER, name, new Words(dutch, english));
  }

  /**
   * A header under a layout.
   *
   * @param names as written but trimmed; empty for a file without rows
   * @param broken whether it is none under this layout
   */
  public record Header(Layout layout, List<String> names, boolean broken) {
    public Header {
      names = List.copyOf(names);
    }
  }
}
