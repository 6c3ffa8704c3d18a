package nl.ketendata.server.jdbc;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.ParameterValue;
import org.apache.calcite.avatica.remote.TypedValue;

/** The values of a statement's parameters, as the door takes them. */
final class Parameters {
  private static final long MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);

  private Parameters() {}

  /**
   * @return a value per parameter, null for SQL's null
   * @throws Failure KD408 when a value cannot be of the parameter's type, KD409 when there are more
   *     or fewer values than parameters
   */
  static List<Object> values(List<OutputColumn> parameters, List<TypedValue> given) {
    long set = given.stream().filter(Objects::nonNull).count();
    if (set != given.size() || set != parameters.size()) {
      throw Failure.of(Code.PARAMETER_COUNT, parameters.size(), set);
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      values.add(value(i + 1, parameters.get(i), given.get(i)));
    }
    return values;
  }

  private static Object value(int position, OutputColumn parameter, TypedValue given) {
    Object local = given.value;
    if (local == null) {
      return null;
    }
    try {
      return ParameterValue.of(position, parameter, sent(given));
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw Failure.of(Code.PARAMETER_VALUE, position, parameter.typeName()).causedBy(e);
    }
  }

  /** What the client sent, without the shape of the wire; dates and times have no zone there. */
  private static Object sent(TypedValue given) {
    Object value = given.value;
    return switch (given.type) {
      case JAVA_SQL_DATE -> LocalDate.ofEpochDay(whole(value));
      case JAVA_SQL_TIME ->
          LocalTime.ofNanoOfDay(Math.floorMod(whole(value), MILLIS_PER_DAY) * 1_000_000);
      case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> {
        long millis = whole(value);
        yield LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1000L),
            (int) Math.floorMod(millis, 1000L) * 1_000_000,
            ZoneOffset.UTC);
      }
      case PRIMITIVE_CHAR, CHARACTER, STRING -> value.toString();
      case PRIMITIVE_BOOLEAN, BOOLEAN -> value;
      case PRIMITIVE_BYTE,
          PRIMITIVE_SHORT,
          PRIMITIVE_INT,
          PRIMITIVE_LONG,
          PRIMITIVE_FLOAT,
          PRIMITIVE_DOUBLE,
          BYTE,
          SHORT,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          NUMBER ->
          new BigDecimal(value.toString());
      default -> throw new IllegalArgumentException(given.type.name());
    };
  }

  private static long whole(Object value) {
    return new BigDecimal(value.toString()).longValueExact();
  }
}
