package nl.ketendata.server.algebra;

import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Forms of moments as PostgreSQL and SQL Server write them, as the engine's. */
enum MomentFormats {
  POSTGRESQL(
      "YYYY, YY, MM, DD, DDD, HH24, HH12, MI, SS, MS, IYYY, IW, ID",
      List.of(
          new Part("IYYY", "%G"),
          new Part("YYYY", "%Y"),
          new Part("HH24", "%H"),
          new Part("HH12", "%I"),
          new Part("DDD", "%j"),
          new Part("YY", "%y"),
          new Part("MM", "%m"),
          new Part("DD", "%d"),
          new Part("MI", "%M"),
          new Part("SS", "%S"),
          new Part("MS", "%g"),
          new Part("IW", "%V"),
          new Part("ID", "%u"))),

  SQL_SERVER(
      "yyyy, yy, MM, dd, HH, hh, mm, ss, fff",
      List.of(
          new Part("yyyy", "%Y"),
          new Part("fff", "%g"),
          new Part("yy", "%y"),
          new Part("MM", "%m"),
          new Part("dd", "%d"),
          new Part("HH", "%H"),
          new Part("hh", "%I"),
          new Part("mm", "%M"),
          new Part("ss", "%S")));

  private record Part(String written, String engines) {}

  private final String allowed;
  private final List<Part> parts;

  MomentFormats(String allowed, List<Part> parts) {
    this.allowed = allowed;
    this.parts = parts;
  }

  /**
   * The engine's form.
   *
   * @throws Failure KD431 for letters that stand for nothing here
   */
  String engines(String format) {
    String text = this == POSTGRESQL ? upper(format) : format;
    StringBuilder form = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int quoted = c == '"' ? text.indexOf('"', at + 1) : -1;
      if (quoted > 0) {
        form.append(literal(format.substring(at + 1, quoted)));
        at = quoted + 1;
      } else if (Character.isLetterOrDigit(c)) {
        Part part = part(text, at, format);
        form.append(part.engines);
        at += part.written.length();
      } else {
        form.append(literal(text.substring(at, at + 1)));
        at++;
      }
    }
    return form.toString();
  }

  /** In capitals, save what is between quotes; letters keep their places. */
  private static String upper(String format) {
    StringBuilder upper = new StringBuilder(format);
    boolean quoted = false;
    for (int i = 0; i < format.length(); i++) {
      quoted ^= format.charAt(i) == '"';
      upper.setCharAt(i, quoted ? format.charAt(i) : Character.toUpperCase(format.charAt(i)));
    }
    return upper.toString();
  }

  private Part part(String text, int at, String format) {
    return parts.stream()
        .filter(part -> text.startsWith(part.written, at))
        .findFirst()
        .orElseThrow(() -> Failure.of(Code.OTHER_WAY, "'" + format + "'", allowed));
  }

  private static String literal(String text) {
    return text.replace("%", "%%");
  }
}
