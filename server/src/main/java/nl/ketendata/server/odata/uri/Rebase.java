package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import nl.ketendata.schema.Join;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;

/** Moves a condition about a row to where another row sees it. */
final class Rebase {
  private final UnaryOperator<ColumnOf> columns;
  private final String variable;
  private final List<String> prefix;

  private Rebase(UnaryOperator<ColumnOf> columns, String variable, List<String> prefix) {
    this.columns = columns;
    this.variable = variable;
    this.prefix = prefix;
  }

  static ColumnOf column(String name) {
    return new ColumnOf(Expression.IT, List.of(), name);
  }

  /** A condition about a parent, as its child sees it. */
  static Expression toChild(Expression condition, Join join) {
    List<String> prefix = List.of(join.toParent());
    UnaryOperator<ColumnOf> columns =
        column ->
            // The child holds its parent's key itself: no join is needed to compare it.
            column.navigations().isEmpty() && column.column().equals(join.column())
                ? column
                : new ColumnOf(
                    Expression.IT, joined(prefix, column.navigations()), column.column());
    return new Rebase(columns, Expression.IT, prefix).move(condition);
  }

  /** A condition about a row, as one about a variable. */
  static Expression toVariable(Expression condition, String variable) {
    UnaryOperator<ColumnOf> columns =
        column -> new ColumnOf(variable, column.navigations(), column.column());
    return new Rebase(columns, variable, List.of()).move(condition);
  }

  /** How many lambdas are nested in a condition. */
  static int depth(Expression expression) {
    if (expression instanceof Call call) {
      return call.arguments().stream().mapToInt(Rebase::depth).max().orElse(0);
    }
    if (expression instanceof Lambda lambda) {
      return 1 + lambda.condition().map(Rebase::depth).orElse(0);
    }
    return 0;
  }

  private Expression move(Expression expression) {
    if (expression instanceof ColumnOf column) {
      return column.variable().equals(Expression.IT) ? columns.apply(column) : column;
    }
    if (expression instanceof Call call) {
      return new Call(call.function(), call.arguments().stream().map(this::move).toList());
    }
    if (expression instanceof Lambda lambda) {
      return move(lambda);
    }
    if (expression instanceof CountOf count) {
      return count.variable().equals(Expression.IT)
          ? new CountOf(variable, joined(prefix, count.path()), count.condition())
          : count;
    }
    return (Constant) expression;
  }

  private Lambda move(Lambda lambda) {
    boolean ofRow = lambda.variable().equals(Expression.IT);
    return new Lambda(
        lambda.all(),
        ofRow ? variable : lambda.variable(),
        ofRow ? joined(prefix, lambda.path()) : lambda.path(),
        lambda.child(),
        lambda.condition().map(this::move));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
