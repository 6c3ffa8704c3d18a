package nl.ketendata.server.ingest;

import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.store.DateForm;
import nl.ketendata.server.store.ValueForms;

/**
 * Whether a text is a value of a type: the same rules as the store's loading query, for one value.
 */
final class ValueRules {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern ZEROS = Pattern.compile("[+-]?[0-9]{1,18}([.,])0{1,2}");
  private static final Pattern TIME =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?");
  private static final Pattern CLOCK =
      Pattern.compile(
          "[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?"
              + "(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?");
  private static final Pattern MIDNIGHT = Pattern.compile("[T ]00:00(:00([.]0{1,6})?)?");

  private final ValueForms forms;

  ValueRules(ValueForms forms) {
    this.forms = forms;
  }

  boolean fits(ColumnType type, String text) {
    return switch (type) {
      case STRING -> true;
      case INTEGER -> isInteger(text);
      case DATE -> forms.dates().stream().anyMatch(form -> isDate(form, text));
      case TIME -> TIME.matcher(text).matches();
      case DATETIME, INSTANT -> forms.moments().stream().anyMatch(form -> isMoment(form, text));
    };
  }

  private boolean isInteger(String text) {
    return INTEGER.matcher(text).matches()
        || decimal(text).filter(forms.decimals()::contains).isPresent();
  }

  /** The sign in a whole number that is written with zeros behind it. */
  static Optional<Character> decimal(String text) {
    if (text.indexOf('.') < 0 && text.indexOf(',') < 0) {
      return Optional.empty();
    }
    var match = ZEROS.matcher(text);
    return match.matches() ? Optional.of(match.group(1).charAt(0)) : Optional.empty();
  }

  private boolean isDate(DateForm form, String text) {
    return isDay(form, text) || forms.midnight() && isMidnight(form, text);
  }

  /** Whether a text is a day of this form, without a time. */
  static boolean isDay(DateForm form, String text) {
    if (text.length() != form.length() || !form.matches(text)) {
      return false;
    }
    String iso = form.iso(text);
    int month = Integer.parseInt(iso, 5, 7, 10);
    int day = Integer.parseInt(iso, 8, 10, 10);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(Integer.parseInt(iso, 0, 4, 10), month).lengthOfMonth();
  }

  /** Whether a text is a day of this form with the time 00:00 behind it. */
  static boolean isMidnight(DateForm form, String text) {
    return isFollowed(form, text, MIDNIGHT);
  }

  /** Whether a text is a moment, its day in this form. */
  static boolean isMoment(DateForm form, String text) {
    return isFollowed(form, text, CLOCK);
  }

  private static boolean isFollowed(DateForm form, String text, Pattern time) {
    int length = form.length();
    return text.length() > length
        && time.matcher(text.substring(length)).matches()
        && isDay(form, text.substring(0, length));
  }

  private static String shown(Set<DateForm> dates) {
    return dates.stream().sorted().map(DateForm::shown).collect(Collectors.joining(" of "));
  }

  /** What a value of the type looks like, for a message. */
  Words expected(ColumnType type) {
    String days = shown(forms.dates());
    String moments = shown(forms.moments());
    return switch (type) {
      case STRING -> new Words("tekst", "text");
      case INTEGER -> new Words("geheel getal", "whole number");
      case DATE -> new Words("datum (" + days + ")", "date (" + days + ")");
      case TIME -> new Words("tijd (uu:mm:ss)", "time (hh:mm:ss)");
      case DATETIME, INSTANT ->
          new Words("tijdstip (" + moments + "Tuu:mm:ss)", "moment (" + moments + "Thh:mm:ss)");
    };
  }
}
