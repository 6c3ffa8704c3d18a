package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, text, number or sign of a statement; what stands between them is left out.
 *
 * @param start where its first character stands
 */
record Token(String text, int start) {
  /** Possessive, so that no text takes long. */
  private static final Pattern ANY =
      Pattern.compile(
          "(?<skip>\\s++|--[^\\n\\r]*+|/\\*(?s:.)*?(?:\\*/|$))"
              + "|'(?:[^']|'')*+(?:'|$)|\"(?:[^\"]|\"\")*+(?:\"|$)"
              + "|[\\p{L}_@#$][\\p{L}\\p{N}_@#$]*+|[0-9]++(?:\\.[0-9]*+)?|::|//|(?s:.)");

  static final Token NONE = new Token("", Integer.MAX_VALUE);

  static List<Token> of(String statement) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = ANY.matcher(statement);
    while (matcher.find()) {
      if (matcher.group("skip") == null) {
        tokens.add(new Token(matcher.group(), matcher.start()));
      }
    }
    return tokens;
  }

  /** Where the character behind it stands. */
  int end() {
    return start + text.length();
  }

  /** Whether it is one of these words or signs; words in any case, given in capitals. */
  boolean is(String... words) {
    String upper = upper();
    for (String word : words) {
      if (upper.equals(word)) {
        return true;
      }
    }
    return false;
  }

  boolean isNumber() {
    return !text.isEmpty() && Character.isDigit(text.charAt(0));
  }

  boolean isText() {
    return text.startsWith("'");
  }

  /** In capitals, for words. */
  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }
}
