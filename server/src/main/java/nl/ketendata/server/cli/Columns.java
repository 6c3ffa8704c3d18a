package nl.ketendata.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list for people in columns below their names, or for scripts as JSON. */
final class Columns {
  private final List<String> names;
  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... names) {
    this.names = List.of(names);
  }

  Columns row(String... values) {
    rows.add(List.of(values));
    return this;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      printJson(out);
    } else {
      printText(out);
    }
    out.flush();
  }

  private void printText(PrintWriter out) {
    List<List<String>> all = new ArrayList<>(List.of(names));
    all.addAll(rows);
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private void printJson(PrintWriter out) {
    List<Map<String, String>> objects = new ArrayList<>();
    for (List<String> row : rows) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(names.get(i), row.get(i));
      }
      objects.add(object);
    }
    try {
      out.println(new ObjectMapper().writeValueAsString(objects));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }
}
