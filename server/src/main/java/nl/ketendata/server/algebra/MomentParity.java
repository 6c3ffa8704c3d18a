package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Dates and times: types that stay, weeks that begin on Sunday, intervals of any unit. */
final class MomentParity {
  private static final long MICROSECONDS = 1_000;

  private final RexBuilder rex;

  MomentParity(RexBuilder rex) {
    this.rex = rex;
  }

  /** Moments plus or minus an interval come back from the engine as timestamps. */
  RexNode sameType(RexCall call) {
    boolean date = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    return date ? recast(call, call) : call;
  }

  /** The engine has no intervals of two units, but makes one of any number. */
  RexNode interval(RexLiteral literal) {
    if (literal.isNull()) {
      return literal;
    }
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    boolean months = literal.getType().getSqlTypeName().isYearMonth();
    BigDecimal steps = months ? value : value.multiply(BigDecimal.valueOf(MICROSECONDS));
    return rex.makeCall(
        literal.getType(),
        months ? Operators.TO_MONTHS : Operators.TO_MICROSECONDS,
        List.of(rex.makeExactLiteral(steps, type(SqlTypeName.BIGINT))));
  }

  /** A moment in a form that is known, and the other way about. */
  RexNode formatted(RexCall call) {
    if (!(call.getOperands().get(1) instanceof RexLiteral literal) || literal.isNull()) {
      throw Failure.of(Code.NOT_SUPPORTED, call.getOperator().getName() + "(x, kolom)");
    }
    MomentFormats formats =
        call.getOperator() == Functions.FORMAT
            ? MomentFormats.SQL_SERVER
            : MomentFormats.POSTGRESQL;
    RexNode format = rex.makeLiteral(formats.engines(literal.getValueAs(String.class)));
    List<RexNode> operands = List.of(call.getOperands().get(0), format);
    boolean text = call.getType().getSqlTypeName() == SqlTypeName.VARCHAR;
    return text
        ? rex.makeCall(call.getType(), Operators.STRFTIME, operands)
        : recast(call, rex.makeCall(call.getType(), Operators.STRPTIME, operands));
  }

  RexNode made(RexCall call) {
    return rex.makeCall(call.getType(), Operators.MAKE_DATE, call.getOperands());
  }

  /** Sunday is day 1 of DOW in Calcite and 0 in the engine. */
  RexNode extract(RexCall call) {
    TimeUnitRange unit = unit(call.getOperands().get(0));
    RexNode part = datePart(call, unit, call.getOperands().get(1));
    return switch (unit) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, DOY, ISODOW, ISOYEAR, HOUR, MINUTE, SECOND -> part;
      case DOW -> rex.makeCall(call.getType(), SqlStdOperatorTable.PLUS, List.of(part, one()));
      default -> throw Failure.of(Code.NOT_SUPPORTED, "EXTRACT(" + unit.name() + ")");
    };
  }

  private RexNode datePart(RexCall call, TimeUnitRange unit, RexNode moment) {
    return rex.makeCall(call.getType(), Operators.DATE_PART, List.of(name(unit), moment));
  }

  /** {@code FLOOR(x TO MONTH)}. */
  RexNode floor(RexCall call) {
    if (call.getOperands().size() != 2) {
      return call;
    }
    return recast(call, floor(call, rounding(call)));
  }

  /** {@code CEIL(x TO MONTH)}: the moment itself when it is whole, else the next whole one. */
  RexNode ceil(RexCall call) {
    if (call.getOperands().size() != 2) {
      return call;
    }
    TimeUnitRange unit = rounding(call);
    RexNode floor = floor(call, unit);
    RexNode next =
        rex.makeCall(
            call.getType(), Operators.PLUS_INTERVAL, List.of(floor, step(call.getType(), unit)));
    RexNode whole = rex.makeCall(SqlStdOperatorTable.EQUALS, floor, call.getOperands().get(0));
    return recast(
        call,
        rex.makeCall(
            call.getType(),
            SqlStdOperatorTable.CASE,
            List.of(whole, call.getOperands().get(0), next)));
  }

  private TimeUnitRange rounding(RexCall call) {
    TimeUnitRange unit = unit(call.getOperands().get(1));
    if (call.getOperands().get(0).getType().getSqlTypeName() == SqlTypeName.TIME) {
      throw Failure.of(Code.NOT_SUPPORTED, call.getOperator().getName() + "(TIME TO " + unit + ")");
    }
    return switch (unit) {
      case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND -> unit;
      default ->
          throw Failure.of(
              Code.NOT_SUPPORTED, call.getOperator().getName() + "(… TO " + unit + ")");
    };
  }

  /** Weeks begin on Sunday, in the engine on Monday. */
  private RexNode floor(RexCall call, TimeUnitRange unit) {
    RexNode moment = call.getOperands().get(0);
    if (unit != TimeUnitRange.WEEK) {
      return truncated(call.getType(), unit, moment);
    }
    RexNode monday = truncated(call.getType(), unit, plusDays(moment, 1));
    return plusDays(monday, -1);
  }

  private RexNode truncated(RelDataType type, TimeUnitRange unit, RexNode moment) {
    return rex.makeCall(type, Operators.DATE_TRUNC, List.of(name(unit), moment));
  }

  private RexNode plusDays(RexNode moment, int days) {
    RexNode interval =
        rex.makeCall(
            moment.getType(),
            Operators.TO_DAYS,
            List.of(rex.makeExactLiteral(BigDecimal.valueOf(days))));
    return rex.makeCall(moment.getType(), Operators.PLUS_INTERVAL, List.of(moment, interval));
  }

  private RexNode step(RelDataType type, TimeUnitRange unit) {
    RexNode count = rex.makeExactLiteral(BigDecimal.valueOf(Operators.factor(unit.startUnit)));
    return rex.makeCall(type, Operators.interval(unit.startUnit), List.of(count));
  }

  private RexNode one() {
    return rex.makeExactLiteral(BigDecimal.ONE, type(SqlTypeName.BIGINT));
  }

  private RelDataType type(SqlTypeName name) {
    return rex.getTypeFactory().createSqlType(name);
  }

  private RexNode name(TimeUnitRange unit) {
    return rex.makeLiteral(unit.name().toLowerCase(Locale.ROOT));
  }

  private static TimeUnitRange unit(RexNode node) {
    return ((RexLiteral) node).getValueAs(TimeUnitRange.class);
  }

  private RexNode recast(RexCall call, RexNode operand) {
    return rex.makeAbstractCast(call.getType(), operand, false);
  }
}
