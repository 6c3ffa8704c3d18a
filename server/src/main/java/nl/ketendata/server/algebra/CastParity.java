package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
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

/**
 * Casts: numbers are truncated where the engine rounds, texts are cut or filled up and read as the
 * standard says. The type of a value that was cast is cast to again, so nothing here may round.
 */
final class CastParity {
  /** Digits of a DOUBLE or a text behind those that are kept. */
  private static final int MORE_DIGITS = 12;

  private final RexBuilder rex;
  private final TextCasts texts;

  /** Whether what cannot be cast becomes null. */
  private boolean safe;

  CastParity(RexBuilder rex) {
    this.rex = rex;
    this.texts = new TextCasts(rex);
  }

  /**
   * @throws Failure KD450 for types of which one does not become the other
   */
  RexNode cast(RexCall call) {
    safe = call.getKind() == SqlKind.SAFE_CAST;
    RexNode operand = call.getOperands().get(0);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    checkTypes(from, to);
    if (to.getFamily() == SqlTypeFamily.CHARACTER) {
      return text(call, operand, to);
    }
    RexNode read = isText(from) ? texts.readable(operand, to) : operand;
    if (SqlTypeUtil.isIntType(to)) {
      return whole(call, read, from);
    }
    if (to.getSqlTypeName() == SqlTypeName.DECIMAL && losesDigits(from, to)) {
      return SqlTypeUtil.isDecimal(from)
          ? recast(call, truncated(operand, to.getScale()))
          : written(call, read, to.getPrecision(), to.getScale());
    }
    RexNode cast = read == operand ? call : recast(call, read);
    return to.getSqlTypeName() == SqlTypeName.TIMESTAMP ? moment(call, cast, from) : cast;
  }

  /** Moments are no numbers: which would be meant, seconds or milliseconds? */
  private static void checkTypes(RelDataType from, RelDataType to) {
    boolean number = SqlTypeUtil.isNumeric(from) || SqlTypeUtil.isNumeric(to);
    boolean moment = isMoment(from) || isMoment(to);
    boolean timeAlone =
        from.getSqlTypeName() == SqlTypeName.TIME && to.getSqlTypeName() == SqlTypeName.TIMESTAMP;
    if (number && moment || timeAlone) {
      throw Failure.of(Code.NO_CAST, from.getSqlTypeName(), to.getSqlTypeName());
    }
  }

  private static boolean isMoment(RelDataType type) {
    return SqlTypeUtil.isDatetime(type);
  }

  private static boolean isText(RelDataType type) {
    return type.getFamily() == SqlTypeFamily.CHARACTER;
  }

  /** The engine keeps microseconds whatever the precision is. */
  private RexNode moment(RexCall call, RexNode cast, RelDataType from) {
    int digits = call.getType().getPrecision();
    boolean fits = !isText(from) && from.getPrecision() <= digits;
    if (digits >= Types.MICROSECONDS || fits) {
      return cast;
    }
    String unit =
        switch (digits) {
          case 0 -> "second";
          case 3 -> "millisecond";
          default ->
              throw Failure.of(
                  Code.OTHER_WAY, "TIMESTAMP(" + digits + ")", "TIMESTAMP(0), TIMESTAMP(3)");
        };
    return rex.makeCall(call.getType(), Operators.DATE_TRUNC, List.of(rex.makeLiteral(unit), cast));
  }

  private static boolean losesDigits(RelDataType from, RelDataType to) {
    return SqlTypeUtil.isApproximateNumeric(from)
        || isText(from)
        || from.getSqlTypeName() == SqlTypeName.DECIMAL && from.getScale() > to.getScale();
  }

  private RexNode whole(RexCall call, RexNode operand, RelDataType from) {
    if (isText(from)) {
      return written(call, operand, Types.MAX_DECIMAL - MORE_DIGITS, 0);
    }
    boolean fraction = SqlTypeUtil.isNumeric(from) && !SqlTypeUtil.isIntType(from);
    return fraction ? recast(call, truncated(operand, 0)) : call;
  }

  /**
   * A text, or a DOUBLE as it is written: 1.15 is a little less than that, and would become 1.14.
   * Of what is read some digits more are kept, and cut off. Where there is no room for those the
   * text itself is cut, and what has an exponent is read as one that has little before the point.
   */
  private RexNode written(RexCall call, RexNode operand, int precision, int scale) {
    boolean text = isText(operand.getType());
    RexNode written =
        text
            ? operand
            : rex.makeAbstractCast(texts.type(SqlTypeName.VARCHAR, operand), operand, safe);
    int room = Types.MAX_DECIMAL - precision;
    if (room >= MORE_DIGITS) {
      return recast(call, exact(texts.cut(written, scale), scale + MORE_DIGITS, scale));
    }
    int most = text ? (scale + Types.MAX_DECIMAL) / 2 : Types.MAX_DECIMAL - 1;
    RelDataType type = rex.getTypeFactory().createTypeWithNullability(call.getType(), true);
    return texts.chosen(
        texts.hasExponent(written, !text),
        recast(call, exact(written, most, scale)),
        recast(call, texts.cut(written, scale)),
        type);
  }

  private RexNode exact(RexNode written, int digits, int scale) {
    RelDataType decimal =
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Types.MAX_DECIMAL, digits),
                written.getType().isNullable());
    return truncated(rex.makeAbstractCast(decimal, written, safe), scale);
  }

  private RexNode truncated(RexNode operand, int digits) {
    return digits == 0
        ? rex.makeCall(operand.getType(), Operators.TRUNC, List.of(operand))
        : rex.makeCall(operand.getType(), Operators.TRUNC, List.of(operand, texts.number(digits)));
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
