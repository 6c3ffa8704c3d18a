package nl.ketendata.server.algebra;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * A pattern of {@code SIMILAR TO} as a regular expression: {@code %} and {@code _} as in LIKE;
 * {@code | * + ? {m,n} ( ) [ ]} as in an expression; all else stands for itself.
 */
final class SimilarPattern {
  private static final String SAME = "|*+?(){}";

  private final String pattern;
  private final String escape;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private SimilarPattern(String pattern, String escape) {
    this.pattern = pattern;
    this.escape = escape;
  }

  /**
   * @param escape one character, or none
   * @throws Failure KD406 for an escape that escapes nothing, or a list that does not end
   */
  static String of(String pattern, String escape) {
    return new SimilarPattern(pattern, escape).regex();
  }

  private String regex() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (escape.length() == 1 && c == escape.charAt(0)) {
        at++;
        literal();
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else if (c == '[') {
        list();
      } else if (SAME.indexOf(c) >= 0) {
        regex.append(c);
      } else {
        literal();
      }
      at++;
    }
    return regex.toString();
  }

  private void literal() {
    if (at >= pattern.length()) {
      throw wrong();
    }
    char c = pattern.charAt(at);
    if (!Character.isLetterOrDigit(c) && c < 128 && c != ' ') {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** {@code [a-z]}, {@code [^a-z]}; the first sign behind the opening may be the closing one. */
  private void list() {
    int end = pattern.indexOf(']', at + (pattern.startsWith("^", at + 1) ? 3 : 2));
    if (end < 0) {
      throw wrong();
    }
    String inside = pattern.substring(at + 1, end);
    if (inside.contains("[")) {
      throw Failure.of(Code.NOT_SUPPORTED, "SIMILAR TO '" + pattern + "'");
    }
    regex.append('[').append(inside.replace("\\", "\\\\")).append(']');
    at = end;
  }

  private Failure wrong() {
    return Failure.of(Code.INVALID_QUESTION, "SIMILAR TO '" + pattern + "'");
  }
}
