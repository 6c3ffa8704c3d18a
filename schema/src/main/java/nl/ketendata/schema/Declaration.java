package nl.ketendata.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** One tab-separated resource file: a header line, then one declaration a line. */
final class Declaration {
  private final String file;
  private final List<String> header;
  private final List<Line> lines;

  private Declaration(String file, List<String> header, List<Line> lines) {
    this.file = file;
    this.header = header;
    this.lines = lines;
  }

  /** Splits a file's text; a line with another number of fields than the header is a fault. */
  static Declaration parse(String file, String text, List<String> faults) {
    String[] rows = text.split("\n");
    List<String> header = List.of(rows[0].split("\t", -1));
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i < rows.length; i++) {
      List<String> values = Arrays.asList(rows[i].split("\t", -1));
      Line line = new Line(file, i + 1, header, values, faults);
      if (values.size() == header.size()) {
        lines.add(line);
        continue;
      }
      line.fault("heeft " + values.size() + " velden, verwacht " + header.size());
    }
    return new Declaration(file, header, lines);
  }

  List<String> header() {
    return header;
  }

  List<Line> lines() {
    return lines;
  }

  String file() {
    return file;
  }

  /** One declaration; reading a value that is not allowed adds a fault and goes on. */
  record Line(
      String file, int number, List<String> header, List<String> values, List<String> faults) {

    void fault(String what) {
      faults.add(file + ", regel " + number + ": " + what);
    }

    String text(String field) {
      int index = header.indexOf(field);
      if (index >= 0) {
        return values.get(index);
      }
      fault("kolom " + field + " ontbreekt");
      return "";
    }

    String required(String field) {
      String text = text(field);
      if (text.isEmpty()) {
        fault(field + " is leeg");
      }
      return text;
    }

    List<String> list(String field) {
      String text = text(field);
      return text.isEmpty() ? List.of() : List.of(text.split(";"));
    }

    boolean yes(String field) {
      return choice(field, Map.of("ja", true, "nee", false), false);
    }

    <E extends Enum<E>> E constant(String field, E[] all, Function<E, String> name, E otherwise) {
      for (E each : all) {
        if (name.apply(each).equals(text(field).toLowerCase(Locale.ROOT))) {
          return each;
        }
      }
      fault(field + " is \"" + text(field) + "\", verwacht een van " + Arrays.toString(all));
      return otherwise;
    }

    private <T> T choice(String field, Map<String, T> allowed, T otherwise) {
      String text = text(field);
      if (allowed.containsKey(text)) {
        return allowed.get(text);
      }
      fault(field + " is \"" + text + "\", verwacht een van " + allowed.keySet());
      return otherwise;
    }
  }
}
