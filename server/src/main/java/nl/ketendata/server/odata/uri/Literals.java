package nl.ketendata.server.odata.uri;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Reads constants that begin with a digit or a minus sign. A day that does not exist is refused.
 */
final class Literals {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+\\.[0-9]+");
  private static final Pattern DOUBLE = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?[eE][+-]?[0-9]+");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,12})?)?");
  private static final Pattern INSTANT =
      Pattern.compile(DATE + "[Tt]" + TIME + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern DURATION =
      Pattern.compile(
          "[+-]?P(?=[0-9T])([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?"
              + "([0-9]{1,9}(\\.[0-9]{1,12})?S)?)?");
  private static final Duration LONGEST = Duration.ofDays(3_660_000);
  private static final Pattern LONG_FRACTION = Pattern.compile("(\\.[0-9]{9})[0-9]+");

  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-30T23:59:59Z");

  /** More digits than any column holds; keeps arithmetic on constants cheap. */
  private static final int DIGITS = 38;

  private Literals() {}

  /**
   * @throws Failure KD516 when the text is no constant
   */
  static Typed read(Scanner scanner) {
    int start = scanner.position();
    String text = scanner.literal();
    try {
      return read(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw Failure.of(
              Code.OPTION_LITERAL, scanner.option(), Excerpt.of(text), Scanner.place(start))
          .causedBy(e);
    }
  }

  private static Typed read(String text) {
    if (INTEGER.matcher(text).matches()) {
      return integer(text);
    }
    if (DECIMAL.matcher(text).matches()) {
      return Typed.constant(decimal(text), ValueType.DECIMAL);
    }
    if (DATE.matcher(text).matches()) {
      return Typed.constant(date(text), ValueType.DATE);
    }
    if (INSTANT.matcher(text).matches()) {
      return Typed.constant(instant(text), ValueType.INSTANT);
    }
    if (TIME.matcher(text).matches()) {
      return Typed.constant(LocalTime.parse(nanoseconds(text)), ValueType.TIME);
    }
    if (GUID.matcher(text).matches()) {
      return Typed.constant(text, ValueType.GUID);
    }
    if (DOUBLE.matcher(text).matches()) {
      return Typed.constant(real(text), ValueType.DOUBLE);
    }
    if (text.equals("-INF")) {
      throw Failure.of(Code.NOT_BUILT, text);
    }
    throw new ArithmeticException(text);
  }

  /**
   * Reads the text of a duration.
   *
   * @throws ArithmeticException when it is none, or longer than all of history
   */
  static Typed duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new ArithmeticException(text);
    }
    Duration duration = Duration.parse(nanoseconds(text));
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new ArithmeticException(text);
    }
    long micros = duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    return Typed.constant(micros, ValueType.DURATION);
  }

  private static LocalDate date(String text) {
    LocalDate date = LocalDate.parse(text);
    if (date.getYear() == 0) {
      throw new DateTimeException(text);
    }
    return date;
  }

  // Whoever writes the last moment of all means "no end": it has to be a moment in every zone.
  private static Instant instant(String text) {
    OffsetDateTime written = OffsetDateTime.parse(nanoseconds(text));
    if (written.getYear() == 0) {
      throw new DateTimeException(text);
    }
    Instant instant = written.toInstant();
    if (instant.isAfter(LAST)) {
      return LAST;
    }
    return instant.isBefore(FIRST) ? FIRST : instant;
  }

  private static Double real(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new ArithmeticException(text);
    }
    return value;
  }

  private static Typed integer(String text) {
    BigInteger value = decimal(text).toBigIntegerExact();
    return value.bitLength() < Long.SIZE
        ? Typed.constant(value.longValue(), ValueType.INTEGER)
        : Typed.constant(new BigDecimal(value), ValueType.DECIMAL);
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > DIGITS + 2) {
      throw new ArithmeticException(text);
    }
    BigDecimal value = new BigDecimal(text);
    if (value.precision() > DIGITS || value.scale() > DIGITS) {
      throw new ArithmeticException(text);
    }
    return value;
  }

  // OData allows twelve digits of a second, Java knows nine.
  private static String nanoseconds(String text) {
    return LONG_FRACTION.matcher(text).replaceFirst("$1");
  }
}
