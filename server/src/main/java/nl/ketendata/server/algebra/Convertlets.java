package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
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
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static TimeUnit unit(SqlCall call) {
    SqlNode unit = call.operand(0);
    return ((SqlIntervalQualifier) unit).getStartUnit();
  }

  private static RexNode difference(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    RexNode difference =
        rex.makeCall(
            Operators.DATE_DIFF,
            rex.makeLiteral(unit(call).name().toLowerCase(Locale.ROOT)),
            context.convertExpression(call.operand(1)),
            context.convertExpression(call.operand(2)));
    return rex.makeAbstractCast(type, difference, false);
  }

  private static RexNode sum(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    RexNode count = context.convertExpression(call.operand(1));
    RexNode moment = context.convertExpression(call.operand(2));
    int factor = Operators.factor(unit(call));
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
    RexNode interval =
        rex.makeCall(moment.getType(), Operators.interval(unit(call)), List.of(steps));
    return rex.makeAbstractCast(
        type, rex.makeCall(type, Operators.PLUS_INTERVAL, List.of(moment, interval)), false);
  }
}
