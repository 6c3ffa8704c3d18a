package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.question.Expression;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Constants of a question as Calcite's. */
final class Constants {
  private static final ZoneRules DUTCH = ZoneId.of("Europe/Amsterdam").getRules();
  private static final long MICRO = 1_000;

  private final RexBuilder rex;

  Constants(RexBuilder rex) {
    this.rex = rex;
  }

  /**
   * @param clock that a moment is written on
   */
  RexNode of(Expression.Constant constant, ColumnType clock) {
    if (constant.value().isEmpty()) {
      return rex.makeNullLiteral(type(SqlTypeName.NULL));
    }
    Object value = constant.value().get();
    if (value instanceof Lifted.Parameter parameter) {
      return rex.makeDynamicParam(type(parameter.type()), parameter.number());
    }
    if (value instanceof String text) {
      return rex.makeLiteral(text);
    }
    if (value instanceof Boolean truth) {
      return rex.makeLiteral(truth);
    }
    if (value instanceof Long number) {
      return rex.makeExactLiteral(BigDecimal.valueOf(number), type(SqlTypeName.BIGINT));
    }
    if (value instanceof BigDecimal number) {
      return rex.makeExactLiteral(number);
    }
    if (value instanceof Double number) {
      return rex.makeApproxLiteral(BigDecimal.valueOf(number));
    }
    if (value instanceof LocalDate date) {
      return rex.makeDateLiteral(new DateString(date.toString()));
    }
    if (value instanceof LocalTime time) {
      return rex.makeTimeLiteral(timeString(time), 6);
    }
    if (value instanceof Instant instant) {
      return timestamp(clock == ColumnType.INSTANT ? utc(instant) : dutch(instant));
    }
    throw new IllegalArgumentException(value.getClass().getName());
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /**
   * The Dutch wall clock. A wall clock in the data that occurs twice means the first time, so a
   * moment of the second lies behind all of these and before all later ones: a place that only the
   * last microsecond of the doubled hour has.
   */
  private static LocalDateTime dutch(Instant instant) {
    ZoneOffset offset = DUTCH.getOffset(instant);
    LocalDateTime wall = LocalDateTime.ofInstant(instant, offset);
    ZoneOffsetTransition change = DUTCH.getTransition(wall);
    return change == null || offset.equals(change.getOffsetBefore())
        ? wall
        : change.getDateTimeBefore().minusNanos(MICRO);
  }

  private static TimeString timeString(LocalTime time) {
    return new TimeString(time.getHour(), time.getMinute(), time.getSecond())
        .withNanos(time.getNano() / 1000 * 1000);
  }

  private RexNode timestamp(LocalDateTime moment) {
    return rex.makeTimestampLiteral(
        new TimestampString(
                moment.getYear(),
                moment.getMonthValue(),
                moment.getDayOfMonth(),
                moment.getHour(),
                moment.getMinute(),
                moment.getSecond())
            .withNanos(moment.getNano() / 1000 * 1000),
        6);
  }

  private RelDataType type(SqlTypeName name) {
    return rex.getTypeFactory().createSqlType(name);
  }
}
