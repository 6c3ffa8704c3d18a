package nl.ketendata.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures, as one Markdown table; each row is also printed at once. */
final class Table {
  private final List<String> rows = new ArrayList<>();

  /**
   * @param what was measured
   * @param value the figure, with its unit
   * @param against the figure that it is compared with; may be empty
   * @param ratio the one over the other; may be empty
   * @param promise what was promised; may be empty
   */
  void row(String what, String value, String against, String ratio, String promise) {
    String row = "| " + String.join(" | ", what, value, against, ratio, promise) + " |";
    rows.add(row);
    System.err.println(row);
  }

  void row(String what, String value) {
    row(what, value, "", "", "");
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String perSecond(double rows) {
    return format("%,.0f rows/s", rows);
  }

  static String seconds(double seconds) {
    return format("%.2f s", seconds);
  }

  static String millis(double seconds) {
    return format("%.1f ms", seconds * 1_000);
  }

  static String ratio(double ratio) {
    return format("%.2f", ratio);
  }

  @Override
  public String toString() {
    return "| what | figure | against | ratio | promise |\n|---|---|---|---|---|\n"
        + String.join("\n", rows);
  }
}
