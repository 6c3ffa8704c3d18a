package nl.ketendata.server.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import nl.ketendata.schema.ColumnType;

/**
 * Whether a text is a value of a type: the same rules as the store's loading query, for one value.
 */
final class ValueRules {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?");
  private static final Pattern DATETIME =
      Pattern.compile(
          "([0-9-]{10})[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?"
              + "(Z|[+-][0-9]{2}:?[0-9]{2})?)?");

  private ValueRules() {}

  static boolean fits(ColumnType type, String text) {
    return switch (type) {
      case STRING -> true;
      case INTEGER -> INTEGER.matcher(text).matches();
      case DATE -> isDate(text);
      case TIME -> TIME.matcher(text).matches();
      case DATETIME, INSTANT -> DATETIME.matcher(text).matches() && isDate(text.substring(0, 10));
    };
  }

  private static boolean isDate(String text) {
    if (!DATE.matcher(text).matches()) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What a value of the type looks like, for a message. */
  static String expected(ColumnType type) {
    return switch (type) {
      case STRING -> "tekst";
      case INTEGER -> "geheel getal";
      case DATE -> "datum (jjjj-mm-dd)";
      case TIME -> "tijd (uu:mm:ss)";
      case DATETIME, INSTANT -> "tijdstip (jjjj-mm-ddTuu:mm:ss)";
    };
  }
}
