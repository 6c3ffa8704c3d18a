package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Casts: numbers are truncated where the engine rounds, texts are cut or filled up. */
final class CastParity {
  /** Digits behind the point of a text that becomes a whole number. */
  private static final int TEXT_DIGITS = 9;

  /** Digits of a DOUBLE or a text behind those that are kept. */
  private static final int MORE_DIGITS = 12;

  private final RexBuilder rex;

  /** Whether what cannot be cast becomes null. */
  private boolean safe;

  CastParity(RexBuilder rex) {
    this.rex = rex;
  }

  RexNode cast(RexCall call) {
    safe = call.getKind() == SqlKind.SAFE_CAST;
    RexNode operand = call.getOperands().get(0);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    if (to.getFamily() == SqlTypeFamily.CHARACTER) {
      return text(call, operand, to);
    }
    if (SqlTypeUtil.isIntType(to)) {
      return whole(call, operand, from);
    }
    if (to.getSqlTypeName() == SqlTypeName.DECIMAL && losesDigits(from, to)) {
      RexNode exact = SqlTypeUtil.isDecimal(from) ? operand : exact(operand, to);
      return recast(call, truncated(exact, to.getScale()));
    }
    return call;
  }

  /** A DOUBLE as it is written: 1.15 is a little less than that, and would become 1.14. */
  private RexNode exact(RexNode operand, RelDataType to) {
    int whole = to.getPrecision() - to.getScale();
    int digits = Math.min(to.getScale() + MORE_DIGITS, Types.MAX_DECIMAL - whole);
    RexNode written = rex.makeAbstractCast(type(SqlTypeName.VARCHAR, operand), operand, safe);
    RelDataType decimal =
        rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Types.MAX_DECIMAL, digits);
    return rex.makeAbstractCast(decimal, written, safe);
  }

  private RelDataType type(SqlTypeName name, RexNode like) {
    return rex.getTypeFactory()
        .createTypeWithNullability(
            rex.getTypeFactory().createSqlType(name), like.getType().isNullable());
  }

  private static boolean losesDigits(RelDataType from, RelDataType to) {
    return SqlTypeUtil.isApproximateNumeric(from)
        || from.getFamily() == SqlTypeFamily.CHARACTER
        || from.getSqlTypeName() == SqlTypeName.DECIMAL && from.getScale() > to.getScale();
  }

  private RexNode whole(RexCall call, RexNode operand, RelDataType from) {
    if (from.getFamily() == SqlTypeFamily.CHARACTER) {
      RelDataType decimal =
          rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Types.MAX_DECIMAL, TEXT_DIGITS);
      return recast(call, truncated(rex.makeAbstractCast(decimal, operand, safe), 0));
    }
    boolean fraction = SqlTypeUtil.isNumeric(from) && !SqlTypeUtil.isIntType(from);
    return fraction ? recast(call, truncated(operand, 0)) : call;
  }

  private RexNode truncated(RexNode operand, int digits) {
    return digits == 0
        ? rex.makeCall(operand.getType(), Operators.TRUNC, List.of(operand))
        : rex.makeCall(
            operand.getType(),
            Operators.TRUNC,
            List.of(operand, rex.makeExactLiteral(BigDecimal.valueOf(digits))));
  }

  private RexNode text(RexCall call, RexNode operand, RelDataType to) {
    if (operand.getType().getSqlTypeName() == SqlTypeName.BOOLEAN) {
      return fitted(recast(call, words(operand)), to);
    }
    return fitted(call, to);
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

  private RexNode fitted(RexNode cast, RelDataType to) {
    if (to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED || cast instanceof RexLiteral) {
      return cast;
    }
    RexNode length = rex.makeExactLiteral(BigDecimal.valueOf(to.getPrecision()));
    return to.getSqlTypeName() == SqlTypeName.CHAR
        ? rex.makeCall(to, Operators.RPAD, List.of(cast, length, rex.makeLiteral(" ")))
        : rex.makeCall(to, Operators.LEFT, List.of(cast, length));
  }

  private RexNode recast(RexCall call, RexNode operand) {
    return rex.makeAbstractCast(call.getType(), operand, safe);
  }
}
