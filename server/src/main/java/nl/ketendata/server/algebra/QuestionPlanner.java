package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
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
    if (question.steps().isEmpty()) {
      FilteredRows.of(builder, snapshot, table, question.filter(), List.of(), OptionalLong.empty());
    } else {
      Pipeline pipeline = new Pipeline(snapshot, builder);
      builder.push(pipeline.run(table, question.filter(), question.steps()).rel());
    }
    builder.aggregate(builder.groupKey(), builder.countStar("aantal"));
    return plan(builder.build(), 1);
  }

  PlanTree rows(RowsQuestion question) {
    Table table = RowScope.table(snapshot, question.table());
    if (!question.steps().isEmpty()) {
      return new PipedPlanner(snapshot, builder).plan(question, table);
    }
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
      expands.add(new ExpandPlanner(snapshot, builder).plan(builder.build(), table, expand));
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
    FilteredRows rows =
        FilteredRows.of(
            builder, snapshot, table, question.filter(), expressions(question), question.from());
    List<RexNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String column : question.columns()) {
      nodes.add(rows.value(question.value(column)));
      names.add(column);
    }
    for (int i = 0; i < more.size(); i++) {
      nodes.add(rows.field(more.get(i)));
      names.add(KEY + i);
    }
    int criteria = nodes.size();
    List<Order> by = total(question.order(), table);
    for (int i = 0; i < by.size(); i++) {
      nodes.add(rows.value(by.get(i).by()));
      names.add("_orde" + i);
    }
    nodes.add(rows.position());
    names.add(POSITION);
    rows.project(nodes, names);
    List<RexNode> order = new ArrayList<>();
    // A scan keeps the version's own order; a join or a sub-query in the filter need not.
    if (sort || reachesOut(question) || isComposed(table)) {
      for (int i = 0; i < by.size(); i++) {
        order.add(Orders.directed(builder, builder.field(criteria + i), by.get(i)));
      }
      if (by.isEmpty() || !keyDecides(table)) {
        order.add(builder.field(POSITION));
      }
    }
    Orders.limit(builder, question.skip(), question.top(), order);
  }

  /** The criteria up to the row key, which comes last when it was not asked for. */
  private List<Order> total(List<Order> order, Table table) {
    if (order.isEmpty()) {
      return order;
    }
    Order key = new Order(new Expression.ColumnOf(Expression.IT, List.of(), table.key()), false);
    List<Order> total = new ArrayList<>();
    for (Order each : order) {
      total.add(each);
      if (each.by().equals(key.by()) && keyDecides(table)) {
        return total;
      }
    }
    total.add(key);
    return total;
  }

  /** Within one gemeente no two rows have the same key, so nothing behind it can matter. */
  private boolean keyDecides(Table table) {
    return snapshot.versions().size() == 1 && !isComposed(table);
  }

  /**
   * A wide table is a join, a code list and the audit log stand in no file: none has an order of
   * its own.
   */
  private boolean isComposed(Table table) {
    return table.isWide()
        || AuditTable.is(table)
        || CodeTables.list(table, snapshot.codes()).isPresent();
  }

  private static boolean reachesOut(RowsQuestion question) {
    return Stream.concat(question.filter().stream(), expressions(question).stream())
        .anyMatch(QuestionPlanner::reachesOut);
  }

  /** What is computed of the rows beside the condition. */
  static List<Expression> expressions(RowsQuestion question) {
    List<Expression> expressions = new ArrayList<>();
    question.columns().forEach(column -> expressions.add(question.value(column)));
    question.order().forEach(each -> expressions.add(each.by()));
    return expressions;
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

  /** Numbers the rows of a sorted page in its order, and keeps that order. */
  private void numbered(int width) {
    Sort sorted = (Sort) builder.build();
    builder.push(Orders.fenced(sorted));
    List<RexNode> order = Orders.of(builder, sorted);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    nodes.add(Orders.rowNumber(builder, List.of(), order));
    List<String> names = new ArrayList<>(sorted.getRowType().getFieldNames().subList(0, width));
    names.add(ORDINAL);
    builder.project(nodes, names, true);
    builder.sort(builder.field(width));
  }

  /** The outer rows of an expand: their ordinal and what the expand is joined on. */
  private void outerPage(RowsQuestion question, Table table, Expand expand, boolean ordered) {
    List<String> keys = RowScope.joinColumns(snapshot, table, expand.navigation());
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
    Sort sorted = (Sort) builder.build();
    builder.push(ordered ? Orders.fenced(sorted) : sorted);
    RexNode ordinal =
        ordered
            ? Orders.rowNumber(builder, List.of(), Orders.of(builder, sorted))
            : builder.field(POSITION);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, keys.size()));
    nodes.add(0, ordinal);
    builder.project(nodes, ExpandPlanner.outerNames(keys.size()), true);
  }

  /**
   * @param shown the columns that are part of the answer; those behind them only serve the order
   */
  static Plan plan(RelNode tree, int shown) {
    List<PlanColumn> columns = Unparser.columns(tree.getRowType());
    Unparser.Written written = Unparser.written(tree);
    return new Plan(
        written.sql(),
        columns.subList(0, shown),
        List.of(),
        written.parameters().size(),
        written.lookup());
  }
}
