package nl.ketendata.server.algebra;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.Step;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Conditions whose constants became parameters: the same question about another code or day has the
 * same plan, and the engine has it prepared already.
 *
 * <p>Only what a column is compared with is lifted, and only kinds of values that mean the same as
 * a parameter and in the text of a statement. All else is part of the plan: so is every condition
 * behind the first step that makes other rows, for what it compares is no column of a table.
 *
 * @param filter the condition with a {@link Parameter} for each value
 * @param steps those behind it, alike
 * @param values by number
 */
record Lifted(Optional<Expression> filter, List<Step> steps, List<Object> values) {
  private static final Set<Function> CONNECTIVES = Set.of(Function.AND, Function.OR, Function.NOT);

  private static final Set<Function> COMPARISONS =
      Set.of(Function.EQ, Function.NE, Function.GT, Function.GE, Function.LT, Function.LE);

  Lifted {
    steps = List.copyOf(steps);
    values = List.copyOf(values);
  }

  /** What stands in a {@link Constant} for a value that comes when the statement runs. */
  record Parameter(int number, SqlTypeName type) {}

  static Lifted of(Optional<Expression> filter, List<Step> steps) {
    List<Object> values = new ArrayList<>();
    Optional<Expression> condition = filter.map(each -> lift(each, values));
    List<Step> lifted = new ArrayList<>(steps);
    for (int i = 0; i < steps.size() && steps.get(i) instanceof Step.Filter first; i++) {
      lifted.set(i, new Step.Filter(lift(first.condition(), values)));
    }
    return new Lifted(condition, lifted, values);
  }

  private static Expression lift(Expression expression, List<Object> values) {
    if (!(expression instanceof Call call)) {
      return expression;
    }
    boolean compares =
        COMPARISONS.contains(call.function())
            && call.arguments().stream().anyMatch(ColumnOf.class::isInstance);
    if (!compares && !CONNECTIVES.contains(call.function())) {
      return expression;
    }
    return new Call(
        call.function(),
        call.arguments().stream()
            .map(each -> compares ? parameter(each, values) : lift(each, values))
            .toList());
  }

  private static Expression parameter(Expression side, List<Object> values) {
    Optional<SqlTypeName> type =
        side instanceof Constant constant
            ? constant.value().flatMap(Lifted::type)
            : Optional.empty();
    if (type.isEmpty()) {
      return side;
    }
    values.add(((Constant) side).value().orElseThrow());
    return Constant.of(new Parameter(values.size() - 1, type.get()));
  }

  private static Optional<SqlTypeName> type(Object value) {
    if (value instanceof String) {
      return Optional.of(SqlTypeName.VARCHAR);
    }
    if (value instanceof Long) {
      return Optional.of(SqlTypeName.BIGINT);
    }
    return value instanceof LocalDate ? Optional.of(SqlTypeName.DATE) : Optional.empty();
  }
}
