package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Keeps TIMESTAMPDIFF and TIMESTAMPADD as calls that the store has, instead of taking them apart.
 */
final class Convertlets implements SqlRexConvertletTable {
  @Override
  public SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() == SqlStdOperatorTable.TIMESTAMP_DIFF) {
      return Convertlets::difference;
    }
    if (call.getOperator() == SqlStdOperatorTable.TIMESTAMP_ADD) {
      return Convertlets::sum;
    }
    if (call.getOperator() == Functions.PLUS) {
      return Convertlets::plus;
    }
    if (call.getOperator() == Functions.MINUS) {
      return Convertlets::minus;
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode plus(SqlRexContext context, SqlCall call) {
    RelDataType left = type(context, call, 0);
    RelDataType right = type(context, call, 1);
    if (Functions.isDays(left, right)) {
      return days(context, call.operand(0), call.operand(1), false);
    }
    if (Functions.isDays(right, left)) {
      return days(context, call.operand(1), call.operand(0), false);
    }
    return standard(
        context,
        call,
        Functions.areTexts(left, right) ? SqlStdOperatorTable.CONCAT : SqlStdOperatorTable.PLUS);
  }

  private static RexNode minus(SqlRexContext context, SqlCall call) {
    RelDataType left = type(context, call, 0);
    RelDataType right = type(context, call, 1);
    if (Functions.isDays(left, right)) {
      return days(context, call.operand(0), call.operand(1), true);
    }
    if (Functions.areDates(left, right)) {
      RexBuilder rex = context.getRexBuilder();
      RexNode days =
          rex.makeCall(
              Operators.DATE_DIFF,
              rex.makeLiteral("day"),
              context.convertExpression(call.operand(1)),
              context.convertExpression(call.operand(0)));
      return rex.makeAbstractCast(context.getValidator().getValidatedNodeType(call), days, false);
    }
    return standard(context, call, SqlStdOperatorTable.MINUS);
  }

  private static RelDataType type(SqlRexContext context, SqlCall call, int operand) {
    return context.getValidator().getValidatedNodeType(call.operand(operand));
  }

  /** By the standard's operator, which Calcite knows how to convert. */
  private static RexNode standard(SqlRexContext context, SqlCall call, SqlOperator operator) {
    ((SqlBasicCall) call).setOperator(operator);
    return StandardConvertletTable.INSTANCE.get(call).convertCall(context, call);
  }

  private static RexNode days(SqlRexContext context, SqlNode date, SqlNode days, boolean before) {
    RexBuilder rex = context.getRexBuilder();
    RexNode moment = context.convertExpression(date);
    RexNode count = context.convertExpression(days);
    RexNode steps = before ? rex.makeCall(SqlStdOperatorTable.UNARY_MINUS, count) : count;
    return added(rex, moment, TimeUnit.DAY, steps, moment.getType());
  }

  private static TimeUnit unit(SqlCall call) {
    SqlNode unit = call.operand(0);
    return ((SqlIntervalQualifier) unit).getStartUnit();
  }

  private static RexNode difference(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    TimeUnit unit = unit(call);
    if (unit != TimeUnit.MILLISECOND && unit != TimeUnit.MICROSECOND) {
      // Refuses what the engine would take for another unit.
      Operators.interval(unit);
    }
    RexNode difference =
        rex.makeCall(
            Operators.DATE_DIFF,
            rex.makeLiteral(unit.name().toLowerCase(Locale.ROOT)),
            context.convertExpression(call.operand(1)),
            context.convertExpression(call.operand(2)));
    return rex.makeAbstractCast(type, difference, false);
  }

  private static RexNode sum(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    RexNode count = context.convertExpression(call.operand(1));
    RexNode moment = context.convertExpression(call.operand(2));
    return added(rex, moment, unit(call), count, type);
  }

  private static RexNode added(
      RexBuilder rex, RexNode moment, TimeUnit unit, RexNode count, RelDataType type) {
    int factor = Operators.factor(unit);
    RelDataType integer =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER),
                count.getType().isNullable());
    RexNode steps = rex.makeAbstractCast(integer, count, false);
    if (factor != 1) {
      steps =
          rex.makeCall(
              SqlStdOperatorTable.MULTIPLY,
              steps,
              rex.makeExactLiteral(BigDecimal.valueOf(factor)));
    }
    RexNode interval = rex.makeCall(moment.getType(), Operators.interval(unit), List.of(steps));
    return rex.makeAbstractCast(
        type, rex.makeCall(type, Operators.PLUS_INTERVAL, List.of(moment, interval)), false);
  }
}
