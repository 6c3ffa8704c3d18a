package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes the store compute what Calcite's semantics say, where the two differ: whole division, casts
 * that truncate, cut or print, dates that stay dates.
 */
final class Parity extends RelHomogeneousShuttle {
  private final RexBuilder rex;
  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(visited.rel.accept(Parity.this));
        }

        @Override
        public RexNode visitCall(RexCall call) {
          RexNode visited = super.visitCall(call);
          return visited instanceof RexCall same ? rewrite(same) : visited;
        }
      };

  Parity(RexBuilder rex) {
    this.rex = rex;
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(expressions);
  }

  private RexNode rewrite(RexCall call) {
    return switch (call.getKind()) {
      case DIVIDE -> divide(call);
      case CAST -> cast(call);
      case PLUS, MINUS -> sameType(call);
      case FLOOR -> floor(call);
      default -> call;
    };
  }

  private RexNode divide(RexCall call) {
    boolean whole =
        call.getOperands().stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()));
    return whole ? rex.makeCall(call.getType(), Operators.WHOLE_DIVIDE, call.getOperands()) : call;
  }

  /** Moments plus or minus an interval come back from the engine as timestamps. */
  private RexNode sameType(RexCall call) {
    boolean date = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    return date ? rex.makeAbstractCast(call.getType(), call, false) : call;
  }

  private RexNode cast(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    if (SqlTypeUtil.isIntType(to) && SqlTypeUtil.isNumeric(from) && !SqlTypeUtil.isIntType(from)) {
      return recast(call, rex.makeCall(from, Operators.TRUNC, List.of(operand)));
    }
    if (to.getFamily() != SqlTypeFamily.CHARACTER) {
      return call;
    }
    if (from.getSqlTypeName() == SqlTypeName.BOOLEAN) {
      return shortened(recast(call, words(operand)), to);
    }
    return shortened(call, to);
  }

  private RexNode words(RexNode operand) {
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.IS_NULL, operand),
        rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)),
        operand,
        rex.makeLiteral("TRUE"),
        rex.makeLiteral("FALSE"));
  }

  private RexNode shortened(RexNode cast, RelDataType to) {
    if (to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED || cast instanceof RexLiteral) {
      return cast;
    }
    return rex.makeCall(
        to,
        Operators.LEFT,
        List.of(cast, rex.makeExactLiteral(BigDecimal.valueOf(to.getPrecision()))));
  }

  private RexNode recast(RexCall call, RexNode operand) {
    return rex.makeAbstractCast(call.getType(), operand, false);
  }

  /** {@code FLOOR(x TO MONTH)}; weeks begin on Sunday, as in Calcite. */
  private RexNode floor(RexCall call) {
    if (call.getOperands().size() != 2) {
      return call;
    }
    RexNode moment = call.getOperands().get(0);
    TimeUnitRange unit = (TimeUnitRange) ((RexLiteral) call.getOperands().get(1)).getValue();
    RexNode name = rex.makeLiteral(unit.name().toLowerCase(Locale.ROOT));
    if (unit != TimeUnitRange.WEEK) {
      return recast(
          call, rex.makeCall(call.getType(), Operators.DATE_TRUNC, List.of(name, moment)));
    }
    RexNode day =
        rex.makeIntervalLiteral(
            BigDecimal.valueOf(86_400_000L),
            new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO));
    RexNode monday =
        rex.makeCall(
            call.getType(),
            Operators.DATE_TRUNC,
            List.of(
                name,
                rex.makeCall(
                    moment.getType(), SqlStdOperatorTable.DATETIME_PLUS, List.of(moment, day))));
    return recast(
        call, rex.makeCall(call.getType(), SqlStdOperatorTable.MINUS_DATE, List.of(monday, day)));
  }
}
