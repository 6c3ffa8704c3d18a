package nl.ketendata.server.algebra;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A statement's text with its texts and whole numbers apart: two statements of one shape ask the
 * same of other values. Found without parsing, which is a good part of what planning costs.
 *
 * @param key the text with, instead of each constant, its kind and length
 * @param constants in order
 */
record SqlShape(String key, List<Token> constants) {
  /** Stands before a constant's kind; no statement may hold it. */
  private static final char MARK = '\0';

  /** As many digits always fit. */
  private static final int LONGEST_NUMBER = 18;

  SqlShape {
    constants = List.copyOf(constants);
  }

  static SqlShape of(String text) {
    StringBuilder key = new StringBuilder(text.length());
    List<Token> constants = new ArrayList<>();
    int from = 0;
    for (Token token : Token.of(text)) {
      if (isConstant(token)) {
        key.append(text, from, token.start()).append(MARK).append(kind(token));
        constants.add(token);
        from = token.end();
      }
    }
    return new SqlShape(key.append(text, from, text.length()).toString(), constants);
  }

  private static boolean isConstant(Token token) {
    return isText(token) || isWhole(token);
  }

  private static boolean isText(Token token) {
    String text = token.text();
    return token.isText() && text.length() > 2 && text.endsWith("'");
  }

  private static boolean isWhole(Token token) {
    return token.isNumber()
        && token.text().length() <= LONGEST_NUMBER
        && token.text().indexOf('.') < 0;
  }

  /** Constants of one kind have the same type. */
  private static String kind(Token token) {
    if (isText(token)) {
      return "'" + unquoted(token).length() + "'";
    }
    return isInteger(token) ? "#" : "##";
  }

  private static boolean isInteger(Token token) {
    return Long.parseLong(token.text()) <= Integer.MAX_VALUE;
  }

  private static String unquoted(Token token) {
    return token.text().substring(1, token.text().length() - 1).replace("''", "'");
  }

  /** The one constant that stands between two places, up to the second one. */
  OptionalInt between(int place, int behind) {
    for (int i = 0; i < constants.size(); i++) {
      int start = constants.get(i).start();
      if (start >= place && start < behind) {
        return constants.get(i).end() == behind ? OptionalInt.of(i) : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  boolean beginsAt(int constant, int place) {
    return constants.get(constant).start() == place;
  }

  /** Under which is kept what is known of all statements of this shape. */
  record Form(String key) {}

  Form form() {
    return new Form(key);
  }

  /** A text or a number, as the statement has it. */
  Object value(int constant) {
    Token token = constants.get(constant);
    return isText(token) ? unquoted(token) : (Object) Long.valueOf(token.text());
  }

  /** Whether a whole number is an INTEGER, as the parser sees it. */
  boolean isInteger(int constant) {
    return isInteger(constants.get(constant));
  }

  /** The key of a plan that takes the lifted constants as parameters, and no others. */
  String key(Lifting lifting) {
    StringBuilder rest = new StringBuilder(key);
    for (int i = 0; i < constants.size(); i++) {
      if (!lifting.lifts(i)) {
        rest.append(MARK).append(constants.get(i).text());
      }
    }
    return rest.toString();
  }

  /** The values of the parameters; empty when one of them is no day. */
  Optional<List<Object>> values(Lifting lifting) {
    List<Object> values = new ArrayList<>();
    for (Lifting.Constant each : lifting.constants()) {
      Object value = value(each.number());
      try {
        values.add(each.isDate() ? LocalDate.parse((String) value) : value);
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
