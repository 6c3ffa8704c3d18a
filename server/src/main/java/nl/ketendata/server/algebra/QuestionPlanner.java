package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Questions as trees. A question with expands becomes one tree per level: the outer page with an
 * ordinal, joined to the children, sorted so that the streams can be read side by side.
 */
final class QuestionPlanner {
  private static final String POSITION = "_positie";
  private static final String ORDINAL = "_volgnummer";
  private static final String PARENT = "_ouder";
  private static final String KEY = "_sleutel";

  private final Snapshot snapshot;
  private final RelBuilder builder = Clusters.builder(Clusters.create());

  QuestionPlanner(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Plan count(CountQuestion question) {
    Table table = RowScope.table(snapshot, question.table());
    filtered(table, question.filter(), List.of(), OptionalLong.empty());
    builder.aggregate(builder.groupKey(), builder.countStar("aantal"));
    return plan(builder.build(), 1);
  }

  PlanTree rows(RowsQuestion question) {
    Table table = RowScope.table(snapshot, question.table());
    boolean ordered = !question.order().isEmpty();
    int width = question.columns().size();
    if (question.expands().isEmpty()) {
      page(question, table, List.of(), ordered);
      Plan plan = plan(builder.build(), width + (ordered ? 0 : 1));
      OptionalInt position = ordered ? OptionalInt.empty() : OptionalInt.of(width);
      return new PlanTree(
          plan, position, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), List.of());
    }
    page(question, table, List.of(), ordered);
    if (ordered) {
      numbered(width);
    }
    Plan plan = plan(builder.build(), width + 1);
    List<PlanTree> expands = new ArrayList<>();
    for (Expand expand : question.expands()) {
      outerPage(question, table, expand, ordered);
      expands.add(expand(builder.build(), table, expand));
    }
    return new PlanTree(
        plan,
        ordered ? OptionalInt.empty() : OptionalInt.of(width),
        OptionalInt.of(width),
        OptionalInt.empty(),
        Optional.empty(),
        expands);
  }

  /**
   * The rows of a page: the question's columns, more columns, then for an order its criteria, or
   * else the position.
   *
   * @param sort whether the rows must be sorted; the version's own order is kept by the engine
   */
  private void page(RowsQuestion question, Table table, List<String> more, boolean sort) {
    Filtered rows = filtered(table, question.filter(), question.order(), question.from());
    List<RexNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String column : question.columns()) {
      nodes.add(field(rows.scope, column));
      names.add(column);
    }
    for (int i = 0; i < more.size(); i++) {
      nodes.add(field(rows.scope, more.get(i)));
      names.add(KEY + i);
    }
    int criteria = nodes.size();
    for (int i = 0; i < question.order().size(); i++) {
      nodes.add(rows.compiler.plain(question.order().get(i).by()));
      names.add("_orde" + i);
    }
    if (!question.order().isEmpty()) {
      nodes.add(field(rows.scope, table.key()));
      names.add("_rijsleutel");
    }
    nodes.add(builder.field(rows.scope.position()));
    names.add(POSITION);
    project(nodes, names, rows.correlation);
    List<RexNode> order = new ArrayList<>();
    // A scan keeps the version's own order; a join or a sub-query in the filter need not.
    if (sort || question.filter().map(QuestionPlanner::reachesOut).orElse(false)) {
      for (int i = 0; i < question.order().size(); i++) {
        order.add(directed(builder.field(criteria + i), question.order().get(i)));
      }
      for (int i = criteria + question.order().size(); i < nodes.size(); i++) {
        order.add(builder.field(i));
      }
    }
    limit(question.skip(), question.top(), order);
  }

  /** Whether a condition looks at other rows than the row itself. */
  private static boolean reachesOut(Expression expression) {
    if (expression instanceof Expression.Call call) {
      return call.arguments().stream().anyMatch(QuestionPlanner::reachesOut);
    }
    return expression instanceof Expression.Lambda
        || expression instanceof Expression.CountOf
        || expression instanceof Expression.ColumnOf column && !column.navigations().isEmpty();
  }

  private void limit(long skip, OptionalLong top, List<RexNode> order) {
    builder.sortLimit(
        skip == 0 ? null : builder.literal(skip),
        top.isEmpty() ? null : builder.literal(top.getAsLong()),
        order);
  }

  private RexNode directed(RexNode node, Order order) {
    return order.descending() ? builder.nullsLast(builder.desc(node)) : builder.nullsFirst(node);
  }

  /** Numbers the rows of a sorted page in its order, and keeps that order. */
  private void numbered(int width) {
    RelNode sorted = builder.peek();
    List<RexNode> order = sortOf(sorted);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    nodes.add(rowNumber(List.of(), order));
    List<String> names = new ArrayList<>(sorted.getRowType().getFieldNames().subList(0, width));
    names.add(ORDINAL);
    builder.project(nodes, names, true);
    builder.sort(builder.field(width));
  }

  private List<RexNode> sortOf(RelNode sorted) {
    Sort sort = (Sort) sorted;
    List<RexNode> order = new ArrayList<>();
    sort.getCollation()
        .getFieldCollations()
        .forEach(
            by -> {
              RexNode field = builder.field(by.getFieldIndex());
              order.add(
                  by.direction.isDescending()
                      ? builder.nullsLast(builder.desc(field))
                      : builder.nullsFirst(field));
            });
    return order;
  }

  private RexNode rowNumber(List<RexNode> partition, List<RexNode> order) {
    return builder
        .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
        .over()
        .partitionBy(partition)
        .orderBy(order)
        .rowsUnbounded()
        .toRex();
  }

  /** The outer rows of an expand: their ordinal and what the expand is joined on. */
  private void outerPage(RowsQuestion question, Table table, Expand expand, boolean ordered) {
    List<String> keys =
        RowScope.joinColumns(snapshot, RowScope.navigation(snapshot, table, expand.navigation()));
    RowsQuestion narrow =
        new RowsQuestion(
            question.table(),
            List.of(),
            question.filter(),
            question.order(),
            question.skip(),
            question.top(),
            question.from(),
            List.of());
    page(narrow, table, keys, true);
    RexNode ordinal =
        ordered ? rowNumber(List.of(), sortOf(builder.peek())) : builder.field(POSITION);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, keys.size()));
    nodes.add(0, ordinal);
    builder.project(nodes, outerNames(keys.size()), true);
  }

  private static List<String> outerNames(int keys) {
    List<String> names = new ArrayList<>(List.of(ORDINAL));
    for (int i = 0; i < keys; i++) {
      names.add(KEY + i);
    }
    return names;
  }

  /**
   * The related rows of outer rows.
   *
   * @param outer the outer rows: ordinal, then the join columns
   */
  private PlanTree expand(RelNode outer, Table from, Expand expand) {
    Join join = RowScope.navigation(snapshot, from, expand.navigation());
    boolean toChildren =
        join.parent().equals(from.name()) && join.toChildren().equals(expand.navigation());
    Table table = RowScope.table(snapshot, toChildren ? join.child() : join.parent());
    List<String> keys = RowScope.joinColumns(snapshot, join);
    RowsQuestion question = expand.rows();
    Optional<Plan> counts =
        expand.count() ? Optional.of(counts(outer, table, keys, question)) : Optional.empty();

    int width = question.columns().size();
    boolean nested = !question.expands().isEmpty();
    RelNode related = related(outer, table, keys, question);
    builder.push(related);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    List<String> names = new ArrayList<>(question.columns());
    nodes.add(builder.field(PARENT));
    names.add(PARENT);
    List<RexNode> order = relatedOrder(question);
    if (nested) {
      nodes.add(rowNumber(List.of(), order));
      names.add(ORDINAL);
    }
    nodes.addAll(relatedValues(question));
    for (int i = names.size(); i < nodes.size(); i++) {
      names.add("_orde" + i);
    }
    builder.project(nodes, names, true);
    int criteria = names.size() - order.size();
    builder.sort(directed(builder.fields().subList(criteria, names.size()), question));
    Plan plan = plan(builder.build(), width + (nested ? 2 : 1));

    List<PlanTree> expands = new ArrayList<>();
    for (Expand inner : question.expands()) {
      expands.add(expand(innerOuter(outer, table, keys, question, inner), table, inner));
    }
    return new PlanTree(
        plan,
        OptionalInt.empty(),
        nested ? OptionalInt.of(width + 1) : OptionalInt.empty(),
        OptionalInt.of(width),
        counts,
        expands);
  }

  /** Outer ordinal, then the expand's own order, then the position. */
  private List<RexNode> relatedOrder(RowsQuestion question) {
    return directed(relatedValues(question), question);
  }

  private List<RexNode> relatedValues(RowsQuestion question) {
    List<RexNode> values = new ArrayList<>();
    values.add(builder.field(PARENT));
    for (int i = 0; i < question.order().size(); i++) {
      values.add(builder.field("_orde" + i));
    }
    values.add(builder.field(POSITION));
    return values;
  }

  /** The values of {@link #relatedValues} with their directions. */
  private List<RexNode> directed(List<RexNode> values, RowsQuestion question) {
    List<RexNode> order = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean own = i > 0 && i <= question.order().size();
      order.add(
          own
              ? directed(values.get(i), question.order().get(i - 1))
              : builder.nullsFirst(values.get(i)));
    }
    return order;
  }

  /** What the expands inside this one hang on. */
  private RelNode innerOuter(
      RelNode outer, Table table, List<String> keys, RowsQuestion question, Expand inner) {
    List<String> innerKeys =
        RowScope.joinColumns(snapshot, RowScope.navigation(snapshot, table, inner.navigation()));
    RowsQuestion narrow =
        new RowsQuestion(
            question.table(),
            innerKeys,
            question.filter(),
            question.order(),
            question.skip(),
            question.top(),
            OptionalLong.empty(),
            List.of());
    builder.push(related(outer, table, keys, narrow));
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, innerKeys.size()));
    nodes.add(0, rowNumber(List.of(), relatedOrder(narrow)));
    builder.project(nodes, outerNames(innerKeys.size()), true);
    return builder.build();
  }

  /** Columns of the question, criteria, position and outer ordinal; skip and top per outer row. */
  private RelNode related(RelNode outer, Table table, List<String> keys, RowsQuestion question) {
    joined(outer, table, keys, question);
    if (question.skip() == 0 && question.top().isEmpty()) {
      return builder.build();
    }
    List<RexNode> nodes = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(builder.peek().getRowType().getFieldNames());
    List<RexNode> order = relatedOrder(question);
    nodes.add(rowNumber(List.of(builder.field(PARENT)), order.subList(1, order.size())));
    names.add("_rang");
    builder.project(nodes, names, true);
    RexNode rank = builder.field("_rang");
    List<RexNode> window = new ArrayList<>();
    window.add(call(SqlStdOperatorTable.GREATER_THAN, rank, question.skip()));
    question
        .top()
        .ifPresent(
            top ->
                window.add(
                    call(
                        SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                        rank,
                        Math.addExact(question.skip(), top))));
    builder.filter(window);
    return builder.build();
  }

  private RexNode call(SqlOperator operator, RexNode node, long number) {
    return builder.call(operator, node, builder.literal(number));
  }

  private void joined(RelNode outer, Table table, List<String> keys, RowsQuestion question) {
    Filtered rows = filtered(table, question.filter(), question.order(), OptionalLong.empty());
    List<RexNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String column : question.columns()) {
      nodes.add(field(rows.scope, column));
      names.add(column);
    }
    for (int i = 0; i < question.order().size(); i++) {
      nodes.add(rows.compiler.plain(question.order().get(i).by()));
      names.add("_orde" + i);
    }
    nodes.add(builder.field(rows.scope.position()));
    names.add(POSITION);
    int on = nodes.size();
    for (int i = 0; i < keys.size(); i++) {
      nodes.add(field(rows.scope, keys.get(i)));
      names.add("_kind" + i);
    }
    project(nodes, names, rows.correlation);
    builder.push(outer);
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS, builder.field(2, 0, on + i), builder.field(2, 1, 1 + i)));
    }
    builder.join(JoinRelType.INNER, conditions);
    List<RexNode> kept = new ArrayList<>(builder.fields().subList(0, on));
    kept.add(builder.field(nodes.size()));
    List<String> keptNames = new ArrayList<>(names.subList(0, on));
    keptNames.add(PARENT);
    builder.project(kept, keptNames, true);
  }

  private Plan counts(RelNode outer, Table table, List<String> keys, RowsQuestion question) {
    RowsQuestion bare =
        new RowsQuestion(
            question.table(),
            List.of(),
            question.filter(),
            List.of(),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of());
    joined(outer, table, keys, bare);
    builder.aggregate(builder.groupKey(builder.field(PARENT)), builder.countStar("aantal"));
    builder.sort(builder.field(0));
    return plan(builder.build(), 2);
  }

  private record Filtered(RowScope scope, ExpressionCompiler compiler, CorrelationId correlation) {}

  /** Leaves the filtered rows on the builder. */
  private Filtered filtered(
      Table table, Optional<Expression> filter, List<Order> order, OptionalLong from) {
    List<Expression> expressions = new ArrayList<>(filter.stream().toList());
    order.forEach(each -> expressions.add(each.by()));
    Paths paths = Paths.in(expressions);
    ExpressionCompiler compiler = new ExpressionCompiler(builder, paths);
    RowScope scope = RowScope.of(snapshot, table, paths.of(Expression.IT), builder);
    CorrelationId correlation = compiler.bind(Expression.IT, scope);
    builder.push(scope.rel());
    List<RexNode> conditions = new ArrayList<>();
    from.ifPresent(
        position ->
            conditions.add(
                call(
                    SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                    builder.field(scope.position()),
                    position)));
    filter.map(compiler::condition).ifPresent(conditions::add);
    if (!conditions.isEmpty()) {
      builder.filter(List.of(correlation), conditions);
    }
    return new Filtered(scope, compiler, correlation);
  }

  private RexNode field(RowScope scope, String column) {
    return builder.field(RowScope.index(scope.table(), column));
  }

  private void project(List<RexNode> nodes, List<String> names, CorrelationId correlation) {
    if (RexUtil.SubQueryFinder.find(nodes) == null) {
      builder.project(nodes, names, true);
      return;
    }
    // RelToSqlConverter loses the rows that a sub-query in a projection refers to when those are
    // themselves a projection of a join.
    if (builder.peek() instanceof Project) {
      throw Failure.of(Code.NOT_SUPPORTED, "$orderby op een aantal samen met een ouder");
    }
    builder.project(nodes, names, true, List.of(correlation));
  }

  /**
   * @param shown the columns that are part of the answer; those behind them only serve the order
   */
  private static Plan plan(RelNode tree, int shown) {
    List<PlanColumn> columns = Unparser.columns(tree.getRowType());
    return new Plan(Unparser.sql(tree), columns.subList(0, shown), List.of());
  }
}
