package nl.ketendata.server.odata.uri;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;

/** The text of one option, read from left to right. */
final class Scanner {
  /** Options whose value is a list of paths. */
  private static final Set<String> LISTS = Set.of("$select", "$expand");

  /** How other languages write operators. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("=", "eq"),
          Map.entry("==", "eq"),
          Map.entry("is", "eq"),
          Map.entry("!=", "ne"),
          Map.entry("<>", "ne"),
          Map.entry("<", "lt"),
          Map.entry("<=", "le"),
          Map.entry(">", "gt"),
          Map.entry(">=", "ge"),
          Map.entry("&&", "and"),
          Map.entry("||", "or"),
          Map.entry("+", "add"),
          Map.entry("-", "sub"),
          Map.entry("*", "mul"),
          Map.entry("/", "divby"),
          Map.entry("%", "mod"),
          Map.entry("like", "contains"));

  private final String option;
  private final String text;
  private int at;
  private int cases;

  /**
   * @param option what messages call it, such as {@code $filter}
   */
  Scanner(String option, String text) {
    this.option = option;
    this.text = text;
  }

  String option() {
    return option;
  }

  int position() {
    return at;
  }

  boolean end() {
    return at >= text.length();
  }

  /** The next character; NUL at the end, which no decoded text holds. */
  char peek() {
    return peek(0);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Reads this text if it comes next. */
  boolean accept(String wanted) {
    if (!text.startsWith(wanted, at)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  /** Reads this text, in any case, if it comes next. */
  boolean acceptAnyCase(String wanted) {
    if (!text.regionMatches(true, at, wanted, 0, wanted.length())) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  void expect(String wanted) {
    if (!accept(wanted)) {
      throw expected("\"" + wanted + "\"");
    }
  }

  void expectEnd() {
    skipSpaces();
    if (!end()) {
      throw LISTS.contains(option) ? expected("\",\"") : expectedOperator();
    }
  }

  Failure expectedOperator() {
    Failure failure = expected("and, or, eq, …");
    String written = rest().strip().replaceFirst("[\\s'\"(\\d].*", "").toLowerCase(Locale.ROOT);
    return Optional.of(written)
        .filter(text -> !text.isEmpty())
        .flatMap(
            text ->
                Optional.ofNullable(ELSEWHERE.get(text))
                    .or(() -> Nearest.to(text, ELSEWHERE.values())))
        .map(failure::meaning)
        .orElse(failure);
  }

  /**
   * Reads an operator: the word in any case (since 4.01), with space before it and space, a
   * parenthesis or nothing behind it.
   */
  boolean operator(String word) {
    int start = at;
    skipSpaces();
    boolean apart = at > start || start > 0 && text.charAt(start - 1) == ')';
    if (apart && text.regionMatches(true, at, word, 0, word.length())) {
      char behind = peek(word.length());
      if (behind == ' ' || behind == '\t' || behind == '(' || behind == '\0') {
        at += word.length();
        skipSpaces();
        return true;
      }
    }
    at = start;
    return false;
  }

  /** Reads a word with space, the end or a parenthesis behind it, and spaces around it. */
  boolean word(String word) {
    return word(word, false);
  }

  /** The same, whatever its case. */
  boolean wordAnyCase(String word) {
    return word(word, true);
  }

  private boolean word(String word, boolean anyCase) {
    int start = at;
    skipSpaces();
    if (text.regionMatches(anyCase, at, word, 0, word.length())) {
      char behind = peek(word.length());
      if (behind == ' ' || behind == '\t' || behind == '(' || behind == '\0') {
        at += word.length();
        skipSpaces();
        return true;
      }
    }
    at = start;
    return false;
  }

  /** Whether a semicolon separates options here, rather than being part of a word. */
  private boolean separated() {
    return !option.equals("$search") && !option.equals("$apply");
  }

  /** Whether a search ends here. */
  boolean searchEnd() {
    return end() || peek() == ')' || peek() == ';' && separated();
  }

  /** Reads a word to search for, up to a space, a parenthesis or the next option. */
  String searchWord() {
    int start = at;
    while (!searchEnd() && " \t(\"".indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Reads text between double quotes, in which a backslash stands before a quote. */
  String phrase() {
    int start = at;
    expect("\"");
    StringBuilder value = new StringBuilder();
    while (!end()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' && !end() ? text.charAt(at++) : c);
    }
    at = start;
    throw expected("\"…\"");
  }

  /** Passes over the value of an option inside an expand: up to a semicolon or its end. */
  void skipOption() {
    int depth = 0;
    while (!end()) {
      char c = peek();
      if (depth == 0 && (c == ';' || c == ')')) {
        return;
      }
      if (c == '\'' || c == '"') {
        int close = text.indexOf(c, at + 1);
        at = close < 0 ? text.length() : close + 1;
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at++;
    }
  }

  /** What was read since a position. */
  String between(int start) {
    return text.substring(start, at);
  }

  boolean nameAhead() {
    char c = peek();
    return Character.isLetter(c) || c == '_';
  }

  /** Reads a name: letters, digits and underscores. Empty when none comes next. */
  String name() {
    int start = at;
    if (nameAhead()) {
      while (Character.isLetterOrDigit(peek()) || peek() == '_') {
        at++;
      }
    }
    return text.substring(start, at);
  }

  /** Reads a name of which the parts may be joined with dots. */
  String qualifiedName() {
    int start = at;
    name();
    while (peek() == '.') {
      at++;
      name();
    }
    return text.substring(start, at);
  }

  /** Reads what a number, date or the like consists of. */
  String literal() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0 || clock(start)) {
      at++;
    }
    return text.substring(start, at);
  }

  /**
   * Whether the colon that comes next stands in a time of day, not behind a condition of {@code
   * case}: there a time without date is written with its seconds.
   */
  private boolean clock(int start) {
    if (peek() != ':' || at - start < 2 || !digitPair(at - 2) || !digitPair(at + 1)) {
      return false;
    }
    boolean within = text.lastIndexOf(':', at - 1) >= start || text.lastIndexOf('T', at) >= start;
    return cases == 0 || within || at + 4 < text.length() && text.charAt(at + 3) == ':';
  }

  private boolean digitPair(int from) {
    return from + 1 < text.length()
        && Character.isDigit(text.charAt(from))
        && Character.isDigit(text.charAt(from + 1));
  }

  /** Begins a condition that ends at a colon. */
  void enterCase() {
    cases++;
  }

  void leaveCase() {
    cases--;
  }

  /** Reads digits, if they come next. */
  String digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return text.substring(start, at);
  }

  /** Reads text between single quotes, in which two stand for one. */
  String quoted() {
    int start = at;
    expect("'");
    StringBuilder value = new StringBuilder();
    while (!end()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        value.append(c);
      } else if (!accept("'")) {
        return value.toString();
      } else {
        value.append('\'');
      }
    }
    at = start;
    throw expected("'…'");
  }

  void back(int position) {
    at = position;
  }

  Failure expected(String what) {
    return Failure.of(Code.OPTION_SYNTAX, option, place(at), ahead(), what);
  }

  Failure noValue() {
    return Failure.of(Code.OPTION_VALUE, option, place(at), ahead());
  }

  /** A position as people count: from 1. */
  static String place(int position) {
    return String.valueOf(position + 1);
  }

  /** What has not been read. */
  String rest() {
    return text.substring(at);
  }

  private String ahead() {
    return Excerpt.of(text.substring(Math.min(at, text.length())));
  }
}
