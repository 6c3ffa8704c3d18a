package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.lookup.Lookup;
import nl.ketendata.server.lookup.Lookup.Comparison;
import nl.ketendata.server.lookup.Lookup.Condition;
import nl.ketendata.server.lookup.Lookup.Parameter;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/**
 * A column held against a value, as a condition of a lookup.
 *
 * @param fields the columns that the fields of the row are
 */
record SimpleCondition(List<String> fields) {
  private static final Map<SqlKind, Comparison> COMPARISONS =
      Map.of(
          SqlKind.EQUALS, Comparison.EQUAL,
          SqlKind.LESS_THAN, Comparison.LESS,
          SqlKind.LESS_THAN_OR_EQUAL, Comparison.AT_MOST,
          SqlKind.GREATER_THAN, Comparison.GREATER,
          SqlKind.GREATER_THAN_OR_EQUAL, Comparison.AT_LEAST);

  Optional<Condition> of(RexNode node) {
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    if (call.getKind() == SqlKind.IS_NULL || call.getKind() == SqlKind.IS_NOT_NULL) {
      Comparison comparison =
          call.getKind() == SqlKind.IS_NULL ? Comparison.NULL : Comparison.NOT_NULL;
      return column(call.getOperands().get(0)).map(name -> new Condition(name, comparison, ""));
    }
    if (!COMPARISONS.containsKey(call.getKind())) {
      return Optional.empty();
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    return left instanceof RexInputRef
        ? of(left, call.getKind(), right)
        : of(right, call.getKind().reverse(), left);
  }

  private Optional<Condition> of(RexNode column, SqlKind kind, RexNode value) {
    return column(column)
        .flatMap(
            name ->
                value(column.getType(), value)
                    .map(found -> new Condition(name, COMPARISONS.get(kind), found)));
  }

  /** The position of a row is the engine's to look for. */
  private Optional<String> column(RexNode node) {
    return node instanceof RexInputRef ref
        ? Optional.of(fields.get(ref.getIndex()))
            .filter(name -> !name.equals(DataVersion.POSITION) && !name.equals(Lookup.ORDINAL))
        : Optional.empty();
  }

  private static Optional<Object> value(RelDataType column, RexNode node) {
    if (node instanceof RexDynamicParam parameter) {
      return parameter.getType().getSqlTypeName() == column.getSqlTypeName()
          ? Optional.of(new Parameter(parameter.getIndex()))
          : Optional.empty();
    }
    return node instanceof RexLiteral literal && !literal.isNull()
        ? value(column, literal)
        : Optional.empty();
  }

  private static Optional<Object> value(RelDataType column, RexLiteral literal) {
    boolean alike =
        SqlTypeFamily.CHARACTER.contains(column)
            ? SqlTypeFamily.CHARACTER.contains(literal.getType())
            : SqlTypeFamily.NUMERIC.contains(column)
                ? SqlTypeFamily.EXACT_NUMERIC.contains(literal.getType())
                : column.getSqlTypeName() == literal.getType().getSqlTypeName();
    if (!alike) {
      return Optional.empty();
    }
    return switch (literal.getType().getSqlTypeName()) {
      case CHAR, VARCHAR -> Optional.ofNullable(literal.getValueAs(String.class));
      case DATE -> Optional.of(LocalDate.parse(literal.getValueAs(DateString.class).toString()));
      case TIME ->
          Optional.of(LocalTime.parse(literal.getValueAs(TimeString.class).toString()))
              .filter(time -> isMicros(time.getNano()))
              .map(Object.class::cast);
      case TIMESTAMP ->
          Optional.of(moment(literal.getValueAs(TimestampString.class)))
              .filter(moment -> isMicros(moment.getNano()))
              .map(Object.class::cast);
      default -> whole(literal.getValueAs(BigDecimal.class));
    };
  }

  /** The engine cuts finer ones off. */
  private static boolean isMicros(int nanos) {
    return nanos % 1_000 == 0;
  }

  private static LocalDateTime moment(TimestampString moment) {
    return LocalDateTime.parse(moment.toString().replace(' ', 'T'));
  }

  private static Optional<Object> whole(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
