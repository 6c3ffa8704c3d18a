package nl.ketendata.server.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** The value of a parameter as the door takes it, whatever a client made of it on its way. */
public final class ParameterValue {
  private ParameterValue() {}

  /**
   * @param position of the parameter, from 1
   * @param given a text, number, truth value or a date or time of {@code java.time}
   * @throws Failure KD408 when it cannot be of the parameter's type
   */
  public static Object of(int position, OutputColumn parameter, Object given) {
    try {
      return fit(parameter.jdbcType(), given);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw Failure.of(Code.PARAMETER_VALUE, position, parameter.typeName()).causedBy(e);
    }
  }

  private static Object fit(int jdbcType, Object value) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> bool(value);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          number(value).longValueExact();
      case Types.DECIMAL, Types.NUMERIC -> number(value);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> number(value).doubleValue();
      case Types.DATE -> date(value);
      case Types.TIME -> time(value);
      case Types.TIMESTAMP -> timestamp(value);
      default -> value instanceof BigDecimal number ? number.toPlainString() : text(value);
    };
  }

  private static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof Number || value instanceof String) {
      return new BigDecimal(value.toString().strip());
    }
    throw new IllegalArgumentException(value.getClass().getName());
  }

  private static String text(Object value) {
    return value instanceof LocalDateTime moment
        ? moment.toLocalDate() + " " + moment.toLocalTime()
        : value.toString();
  }

  private static boolean bool(Object value) {
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException("boolean");
    };
  }

  private static LocalDate date(Object value) {
    if (value instanceof LocalDateTime moment) {
      return moment.toLocalDate();
    }
    return value instanceof LocalDate date ? date : LocalDate.parse(value.toString().strip());
  }

  private static LocalTime time(Object value) {
    if (value instanceof LocalDateTime moment) {
      return moment.toLocalTime();
    }
    return value instanceof LocalTime time ? time : LocalTime.parse(value.toString().strip());
  }

  private static LocalDateTime timestamp(Object value) {
    if (value instanceof LocalDateTime moment) {
      return moment;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    String text = value.toString().strip();
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay()
        : LocalDateTime.parse(text.replace(' ', 'T'));
  }
}
