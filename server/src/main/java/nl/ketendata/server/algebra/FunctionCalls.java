package nl.ketendata.server.algebra;

import java.math.BigDecimal;
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
      case TO_STRING -> cast(arguments.get(0), type(SqlTypeName.VARCHAR));
      case TO_INTEGER -> tryCast(arguments.get(0), type(SqlTypeName.BIGINT));
      case TO_DECIMAL -> tryCast(arguments.get(0), decimalType());
      case TO_DATE -> tryCast(arguments.get(0), type(SqlTypeName.DATE));
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
        call(
            SqlStdOperatorTable.PLUS,
            List.of(call(Operators.GREATEST, List.of(arguments.get(1), number(0))), number(1)));
    return arguments.size() == 2
        ? call(Operators.SUBSTRING, List.of(arguments.get(0), start))
        : call(
            Operators.SUBSTRING,
            List.of(
                arguments.get(0),
                start,
                call(Operators.GREATEST, List.of(arguments.get(2), number(0)))));
  }

  private RexNode part(String unit, RexNode moment) {
    return call(
        Operators.DATE_PART, List.of(rex.makeLiteral(unit.toLowerCase(Locale.ROOT)), moment));
  }

  private RexNode fraction(RexNode moment) {
    RexNode micros =
        call(SqlStdOperatorTable.MOD, List.of(part("microseconds", moment), number(1_000_000)));
    return call(
        SqlStdOperatorTable.MULTIPLY,
        List.of(
            cast(micros, rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 7, 0)),
            rex.makeExactLiteral(new BigDecimal("0.000001"))));
  }

  private RexNode zoned(RexNode moment, String zone) {
    return call(Operators.TIMEZONE, List.of(rex.makeLiteral(zone), moment));
  }

  /** Minutes between Dutch wall clock and UTC at that moment. */
  private RexNode offset(RexNode moment) {
    if (clock == ColumnType.INSTANT) {
      return call(SqlStdOperatorTable.MULTIPLY, List.of(part("minute", moment), number(0)));
    }
    RexNode utc = zoned(zoned(moment, "Europe/Amsterdam"), "UTC");
    return call(Operators.DATE_DIFF, List.of(rex.makeLiteral("minute"), utc, moment));
  }

  private RexNode now() {
    return zoned(
        call(Operators.NOW, List.of()), clock == ColumnType.INSTANT ? "UTC" : "Europe/Amsterdam");
  }

  private RexNode timestamp(int year, int month, int day, int hour, int minute, int second) {
    return rex.makeTimestampLiteral(new TimestampString(year, month, day, hour, minute, second), 6);
  }
}
