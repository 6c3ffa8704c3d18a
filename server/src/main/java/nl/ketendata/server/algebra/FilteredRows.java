package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Rows of a table that fulfil a condition, on top of a builder.
 *
 * @param compiler of more expressions about these rows
 * @param correlation under which sub-queries reach the row
 */
record FilteredRows(
    RelBuilder builder, RowScope scope, ExpressionCompiler compiler, CorrelationId correlation) {

  /**
   * Leaves the rows on the builder.
   *
   * @param others what else will be compiled about these rows
   * @param from the position that the rows begin at
   */
  static FilteredRows of(
      RelBuilder builder,
      Snapshot snapshot,
      Table table,
      Optional<Expression> filter,
      List<Expression> others,
      OptionalLong from) {
    List<Expression> expressions = new ArrayList<>(filter.stream().toList());
    others.forEach(other -> expressions.add(Lambdas.asCounts(other)));
    Paths paths = Paths.in(expressions);
    ExpressionCompiler compiler = new ExpressionCompiler(builder, paths);
    RowScope scope = RowScope.of(snapshot, table, paths, Expression.IT, builder);
    CorrelationId correlation = compiler.bind(Expression.IT, scope);
    builder.push(scope.rel());
    List<RexNode> conditions = new ArrayList<>();
    from.ifPresent(
        position ->
            conditions.add(
                builder.call(
                    SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                    builder.field(scope.position()),
                    builder.literal(position))));
    filter.map(compiler::condition).ifPresent(conditions::add);
    if (!conditions.isEmpty()) {
      Filters.keep(builder, Set.of(correlation), conditions);
    }
    return new FilteredRows(builder, scope, compiler, correlation);
  }

  RexNode field(String column) {
    return builder.field(RowScope.index(scope.table(), column));
  }

  RexNode position() {
    return builder.field(scope.position());
  }

  RexNode value(Expression expression) {
    return compiler.plain(Lambdas.asCounts(expression));
  }

  /** Replaces the rows by values of them. */
  void project(List<RexNode> nodes, List<String> names) {
    if (RexUtil.SubQueryFinder.find(nodes) == null) {
      builder.project(nodes, names, true);
      return;
    }
    // RelToSqlConverter loses the rows that a sub-query in a projection refers to when those are
    // themselves a projection of a join.
    if (builder.peek() instanceof Project) {
      throw Failure.of(
          Code.NOT_SUPPORTED, "any en all als waarde samen met een ouder of een aantal");
    }
    builder.project(nodes, names, true, List.of(correlation));
  }
}
