package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Texts that are read as values of another type. The engine reads more than the standard does:
 * {@code infinity} and {@code epoch} as dates, {@code 1_000} as a number, {@code yes} as true; and
 * it drops what it does not use, such as the zone of a moment. What is not in one of these forms is
 * made one that the engine cannot read either, so that CAST fails and TRY_CAST gives null.
 */
final class TextCasts {
  private static final String TIME = "([01]?\\d|2[0-3]):\\d{2}(:\\d{2}(\\.\\d+)?)?";
  private static final String MOMENT = "\\d{4}-\\d{1,2}-\\d{1,2}([ T]" + TIME + ")?";
  private static final String DOUBLE =
      "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?Infinity|NaN";

  /** Unreadable in front of any text. */
  private static final String UNREADABLE = "?";

  private final RexBuilder rex;

  TextCasts(RexBuilder rex) {
    this.rex = rex;
  }

  /** The text as the engine may read it as that type. */
  RexNode readable(RexNode text, RelDataType to) {
    return switch (to.getSqlTypeName()) {
      case BOOLEAN -> inForm(text, "(?i)true|false");
      case DATE, TIMESTAMP -> inForm(text, MOMENT);
      case TIME -> inForm(text, TIME);
      case REAL, FLOAT, DOUBLE -> inForm(text, DOUBLE);
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> withoutUnderscores(text);
      default -> text;
    };
  }

  private RexNode inForm(RexNode text, String form) {
    String spaced = "\\s*(" + form.replace("(?i)", "") + ")\\s*";
    String pattern = form.startsWith("(?i)") ? "(?i)" + spaced : spaced;
    if (text instanceof RexLiteral literal && !literal.isNull()) {
      String value = literal.getValueAs(String.class);
      boolean read = Pattern.matches(pattern, value);
      return rex.makeLiteral(read ? value.strip() : UNREADABLE + value);
    }
    RexNode matches = rex.makeCall(Operators.FULL_MATCH, List.of(text, rex.makeLiteral(pattern)));
    RexNode trimmed = rex.makeCall(text.getType(), Operators.TRIM, List.of(text));
    return chosen(matches, trimmed, unreadable(text), text.getType());
  }

  private RexNode withoutUnderscores(RexNode text) {
    RexNode has = rex.makeCall(Operators.CONTAINS, List.of(text, rex.makeLiteral("_")));
    return chosen(has, unreadable(text), text, text.getType());
  }

  private RexNode unreadable(RexNode text) {
    return rex.makeCall(
        text.getType(), SqlStdOperatorTable.CONCAT, List.of(rex.makeLiteral(UNREADABLE), text));
  }

  RexNode chosen(RexNode condition, RexNode then, RexNode otherwise, RelDataType type) {
    return rex.makeCall(type, SqlStdOperatorTable.CASE, List.of(condition, then, otherwise));
  }

  /** Without the digits behind the point that are too many; a text with an exponent stays. */
  RexNode cut(RexNode text, int digits) {
    String pattern = "^(\\s*[+-]?\\d*\\.\\d{" + digits + "})\\d+(\\s*)$";
    return rex.makeCall(
        text.getType(),
        Operators.REGEXP_REPLACE,
        List.of(text, rex.makeLiteral(pattern), rex.makeLiteral("\\10")));
  }

  /**
   * Whether a number is written with an exponent.
   *
   * @param small only one that makes it small: what the engine writes otherwise has no fraction
   */
  RexNode hasExponent(RexNode text, boolean small) {
    return small
        ? rex.makeCall(Operators.CONTAINS, List.of(text, rex.makeLiteral("e-")))
        : rex.makeCall(Operators.REGEXP_MATCHES, List.of(text, rex.makeLiteral("[eE]")));
  }

  RexNode number(int value) {
    return rex.makeExactLiteral(BigDecimal.valueOf(value));
  }

  RelDataType type(SqlTypeName name, RexNode like) {
    return rex.getTypeFactory()
        .createTypeWithNullability(
            rex.getTypeFactory().createSqlType(name), like.getType().isNullable());
  }
}
