package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.question.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.TimestampString;

/** OData's functions over values, as calls of the store's functions. */
final class FunctionCalls {
  private static final String DUTCH = "Europe/Amsterdam";
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final long MICROS_OF_HOUR = 3_600_000_000L;

  private final RexBuilder rex;
  private final ColumnType clock;

  /**
   * @param clock the clock of the moments among the arguments
   */
  FunctionCalls(RexBuilder rex, ColumnType clock) {
    this.rex = rex;
    this.clock = clock;
  }

  RexNode call(Function function, List<RexNode> arguments) {
    return switch (function) {
      case MATCHES_PATTERN -> call(Operators.MATCHES, arguments);
      case SEARCH -> search(arguments);
      case CASE -> call(SqlStdOperatorTable.CASE, arguments);
      case ADD_DURATION -> addDuration(arguments.get(0), arguments.get(1));
      case DURATION_BETWEEN -> between(arguments.get(0), arguments.get(1));
      case TOTALSECONDS -> seconds(arguments.get(0));
      case ADD -> call(SqlStdOperatorTable.PLUS, arguments);
      case SUB -> call(SqlStdOperatorTable.MINUS, arguments);
      case MUL -> call(SqlStdOperatorTable.MULTIPLY, arguments);
      case DIV -> call(SqlStdOperatorTable.DIVIDE, arguments);
      case DIVBY ->
          call(SqlStdOperatorTable.DIVIDE, List.of(decimal(arguments.get(0)), arguments.get(1)));
      case MOD -> call(SqlStdOperatorTable.MOD, arguments);
      case NEGATE -> call(SqlStdOperatorTable.UNARY_MINUS, arguments);
      case CONTAINS -> call(Operators.CONTAINS, arguments);
      case STARTSWITH -> call(Operators.STARTS_WITH, arguments);
      case ENDSWITH -> call(Operators.ENDS_WITH, arguments);
      case LENGTH -> call(Operators.LENGTH, arguments);
      case INDEXOF ->
          call(SqlStdOperatorTable.MINUS, List.of(call(Operators.STRPOS, arguments), number(1)));
      case SUBSTRING -> substring(arguments);
      case TOLOWER -> call(SqlStdOperatorTable.LOWER, arguments);
      case TOUPPER -> call(SqlStdOperatorTable.UPPER, arguments);
      case TRIM -> call(Operators.TRIM, arguments);
      case CONCAT -> call(SqlStdOperatorTable.CONCAT, arguments);
      case YEAR, MONTH, DAY, HOUR, MINUTE -> part(function.name(), arguments.get(0));
      case SECOND -> part("second", arguments.get(0));
      case FRACTIONALSECONDS -> fraction(arguments.get(0));
      case DATE -> cast(arguments.get(0), type(SqlTypeName.DATE));
      case TIME -> cast(arguments.get(0), type(SqlTypeName.TIME));
      case TOTALOFFSETMINUTES -> offset(arguments.get(0));
      case NOW -> now();
      case MINDATETIME -> timestamp(1, 1, 1, 0, 0, 0);
      case MAXDATETIME -> timestamp(9999, 12, 31, 23, 59, 59);
      case ROUND -> call(Operators.ROUND, arguments);
      case FLOOR -> call(SqlStdOperatorTable.FLOOR, arguments);
      case CEILING -> call(SqlStdOperatorTable.CEIL, arguments);
      case TO_STRING -> text(arguments.get(0));
      case TO_DOUBLE -> tryCast(arguments.get(0), type(SqlTypeName.DOUBLE));
      case TO_BOOLEAN -> tryCast(arguments.get(0), type(SqlTypeName.BOOLEAN));
      case TO_TIME -> tryCast(arguments.get(0), type(SqlTypeName.TIME));
      case TO_INTEGER -> tryCast(arguments.get(0), type(SqlTypeName.BIGINT));
      case TO_DECIMAL -> tryCast(arguments.get(0), decimalType());
      case TO_DATE -> tryCast(arguments.get(0), type(SqlTypeName.DATE));
      case TO_INSTANT ->
          cast(arguments.get(0), rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6));
      case EQ, NE, GT, GE, LT, LE, IN, AND, OR, NOT ->
          throw new IllegalArgumentException(function.name());
    };
  }

  private RexNode call(SqlOperator operator, List<RexNode> arguments) {
    return rex.makeCall(operator, arguments);
  }

  private RexNode number(long value) {
    return rex.makeExactLiteral(BigDecimal.valueOf(value), type(SqlTypeName.BIGINT));
  }

  private RelDataType type(SqlTypeName name) {
    return rex.getTypeFactory().createSqlType(name);
  }

  private RelDataType decimalType() {
    return rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Types.MAX_DECIMAL, 6);
  }

  private RexNode cast(RexNode node, RelDataType type) {
    return rex.makeAbstractCast(
        rex.getTypeFactory().createTypeWithNullability(type, node.getType().isNullable()),
        node,
        false);
  }

  private RexNode tryCast(RexNode node, RelDataType type) {
    return rex.makeAbstractCast(
        rex.getTypeFactory().createTypeWithNullability(type, true), node, true);
  }

  private RexNode decimal(RexNode node) {
    return SqlTypeUtil.isIntType(node.getType()) ? cast(node, type(SqlTypeName.DOUBLE)) : node;
  }

  /** OData counts from 0; a start before the text is its beginning. */
  private RexNode substring(List<RexNode> arguments) {
    RexNode start =
        call(SqlStdOperatorTable.PLUS, List.of(characters(arguments.get(1)), number(1)));
    return arguments.size() == 2
        ? call(Operators.SUBSTRING, List.of(arguments.get(0), start))
        : call(Operators.SUBSTRING, List.of(arguments.get(0), start, characters(arguments.get(2))));
  }

  /** A number of characters that the store can count to; no text is longer. */
  private RexNode characters(RexNode number) {
    RexNode most = call(Operators.LEAST, List.of(number, number(Integer.MAX_VALUE)));
    return call(Operators.GREATEST, List.of(most, number(0)));
  }

  private RexNode part(String unit, RexNode moment) {
    return call(
        Operators.DATE_PART, List.of(rex.makeLiteral(unit.toLowerCase(Locale.ROOT)), moment));
  }

  private RexNode fraction(RexNode moment) {
    return seconds(
        call(SqlStdOperatorTable.MOD, List.of(part("microseconds", moment), number(1_000_000))));
  }

  /** Seconds, exactly, of microseconds. */
  private RexNode seconds(RexNode micros) {
    return call(
        SqlStdOperatorTable.MULTIPLY,
        List.of(
            cast(micros, rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 0)),
            rex.makeExactLiteral(new BigDecimal("0.000001"))));
  }

  /** OData writes truth in small letters. */
  private RexNode text(RexNode value) {
    RexNode text = cast(value, type(SqlTypeName.VARCHAR));
    return value.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
        ? call(SqlStdOperatorTable.LOWER, List.of(text))
        : text;
  }

  // A line break stands in no search term, so that none is found over the edge of two columns.
  private RexNode search(List<RexNode> arguments) {
    List<RexNode> texts = new ArrayList<>(arguments);
    texts.set(0, rex.makeLiteral("\n"));
    RexNode all = call(SqlStdOperatorTable.LOWER, List.of(call(Operators.JOINED_TEXT, texts)));
    return call(Operators.CONTAINS, List.of(all, arguments.get(0)));
  }

  /** A day moves by whole days; a moment on Dutch wall clock moves as the instant that it is. */
  private RexNode addDuration(RexNode moment, RexNode micros) {
    if (moment.getType().getSqlTypeName() == SqlTypeName.DATE) {
      RexNode days = call(SqlStdOperatorTable.DIVIDE, List.of(micros, number(MICROS_OF_DAY)));
      return cast(
          call(Operators.PLUS_INTERVAL, List.of(moment, call(Operators.TO_DAYS, List.of(days)))),
          type(SqlTypeName.DATE));
    }
    RexNode moved =
        call(
            Operators.PLUS_INTERVAL,
            List.of(utc(moment), call(Operators.TO_MICROSECONDS, List.of(micros))));
    return clock == ColumnType.INSTANT ? moved : zoned(zoned(moved, "UTC"), DUTCH);
  }

  private RexNode between(RexNode later, RexNode earlier) {
    if (later.getType().getSqlTypeName() == SqlTypeName.DATE) {
      RexNode days = call(Operators.DATE_DIFF, List.of(rex.makeLiteral("day"), earlier, later));
      return call(SqlStdOperatorTable.MULTIPLY, List.of(days, number(MICROS_OF_DAY)));
    }
    return call(
        Operators.DATE_DIFF, List.of(rex.makeLiteral("microsecond"), utc(earlier), utc(later)));
  }

  /**
   * A wall clock that occurs twice means the first time, as everywhere in the feed; the engine
   * takes the second. An hour earlier it occurs once, so an hour after that is what is meant; where
   * the clock goes forward that would be too late, and the engine is right.
   */
  private RexNode utc(RexNode moment) {
    if (clock == ColumnType.INSTANT) {
      return moment;
    }
    RexNode before = later(inUtc(later(moment, -MICROS_OF_HOUR)), MICROS_OF_HOUR);
    return call(Operators.LEAST, List.of(inUtc(moment), before));
  }

  private RexNode inUtc(RexNode moment) {
    return zoned(zoned(moment, DUTCH), "UTC");
  }

  private RexNode later(RexNode moment, long micros) {
    return call(
        Operators.PLUS_INTERVAL,
        List.of(moment, call(Operators.TO_MICROSECONDS, List.of(number(micros)))));
  }

  private RexNode zoned(RexNode moment, String zone) {
    return call(Operators.TIMEZONE, List.of(rex.makeLiteral(zone), moment));
  }

  /** Minutes between Dutch wall clock and UTC at that moment. */
  private RexNode offset(RexNode moment) {
    if (clock == ColumnType.INSTANT) {
      return call(SqlStdOperatorTable.MULTIPLY, List.of(part("minute", moment), number(0)));
    }
    return call(Operators.DATE_DIFF, List.of(rex.makeLiteral("minute"), utc(moment), moment));
  }

  private RexNode now() {
    return zoned(call(Operators.NOW, List.of()), clock == ColumnType.INSTANT ? "UTC" : DUTCH);
  }

  private RexNode timestamp(int year, int month, int day, int hour, int minute, int second) {
    return rex.makeTimestampLiteral(new TimestampString(year, month, day, hour, minute, second), 6);
  }
}
