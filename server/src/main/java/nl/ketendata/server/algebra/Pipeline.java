package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion.Computed;
import nl.ketendata.server.question.Step;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Steps as one tree. A pipeline inside a group is not run per group: each of its steps is told what
 * the rows are grouped by and keeps the groups apart.
 */
final class Pipeline {
  private final Snapshot snapshot;
  private final RelBuilder builder;
  private final RexBuilder rex;

  Pipeline(Snapshot snapshot, RelBuilder builder) {
    this.snapshot = snapshot;
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /**
   * What comes out of the steps.
   *
   * @param filter the condition that the rows fulfil which go in
   */
  Rows run(Table table, Optional<Expression> filter, List<Step> steps) {
    List<Expression> expressions = new ArrayList<>();
    StepExpressions.collect(steps, expressions);
    Optional<Expression> counted = filter.map(Lambdas::asCounts);
    FilteredRows start =
        FilteredRows.of(builder, snapshot, table, counted, expressions, OptionalLong.empty());
    Map<String, Rows.Field> fields = new LinkedHashMap<>();
    for (Column column : table.allColumns()) {
      fields.put(
          column.name(),
          new Rows.Field(
              start.scope().field(List.of(), column.name()),
              start.scope().clock(List.of(), column.name())));
    }
    Rows rows =
        new Rows(
            builder.build(),
            snapshot,
            fields,
            Optional.of(start.scope()),
            List.of(start.scope().position()),
            OptionalInt.empty(),
            1,
            List.of(),
            false);
    return all(rows, steps, new Group(List.of(), rows));
  }

  /**
   * What rows are grouped by while they go through a pipeline.
   *
   * @param start the rows that the pipeline began with: they say which groups there are
   */
  record Group(List<ColumnOf> keys, Rows start) {}

  private Rows all(Rows rows, List<Step> steps, Group group) {
    Rows current = rows;
    for (Step step : steps) {
      current = one(current, step, group);
    }
    return current;
  }

  private Rows one(Rows rows, Step step, Group group) {
    if (step instanceof Step.Filter filter) {
      return filter(rows, filter.condition());
    }
    if (step instanceof Step.Compute compute) {
      return compute(rows, compute.values());
    }
    if (step instanceof Step.Sort sort) {
      return rows.ordered(sort.order());
    }
    if (step instanceof Step.Skip skip) {
      return window(rows, group, skip.rows(), OptionalLong.empty());
    }
    if (step instanceof Step.Top top) {
      return window(rows, group, 0, OptionalLong.of(top.rows()));
    }
    if (step instanceof Step.Best best) {
      return best(rows, best, group);
    }
    if (step instanceof Step.Aggregate aggregate) {
      return new Aggregates(builder).of(rows, aggregate.values(), group);
    }
    if (step instanceof Step.GroupBy groupBy) {
      return groupBy(rows, groupBy, group);
    }
    return concat(rows, ((Step.Concat) step).pipelines(), group);
  }

  static ExpressionCompiler compiler(RelBuilder builder, Rows rows) {
    ExpressionCompiler compiler = new ExpressionCompiler(builder, Paths.in(List.of()));
    compiler.bind(Expression.IT, rows);
    return compiler;
  }

  static RexNode value(RelBuilder builder, Rows rows, Expression expression) {
    return compiler(builder, rows).plain(Lambdas.asCounts(expression));
  }

  private Rows filter(Rows rows, Expression condition) {
    builder.push(rows.rel());
    Filters.keep(
        builder, Set.of(), List.of(compiler(builder, rows).condition(Lambdas.asCounts(condition))));
    return rows.with(builder.build(), true);
  }

  private Rows compute(Rows rows, List<Computed> values) {
    builder.push(rows.rel());
    List<RexNode> nodes = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(rows.rel().getRowType().getFieldNames());
    Map<String, Rows.Field> fields = new LinkedHashMap<>(rows.fields());
    for (Computed computed : values) {
      Expression value = Lambdas.asCounts(computed.value());
      ExpressionCompiler compiler = compiler(builder, rows);
      fields.put(computed.name(), new Rows.Field(nodes.size(), compiler.clock(value)));
      nodes.add(compiler.plain(value));
      names.add("_b" + nodes.size());
    }
    builder.project(nodes, names, true);
    return new Rows(
        builder.build(),
        snapshot,
        fields,
        rows.table(),
        rows.ties(),
        rows.branch(),
        rows.branches(),
        rows.order(),
        rows.narrowed());
  }

  /** The order of rows, made total. The rows are on the builder. */
  private List<RexNode> order(Rows rows, List<Order> order) {
    return directed(builder, totalled(builder, rows, order), order);
  }

  /** The values that rows are ordered by, with those that make the order total. */
  static List<RexNode> totalled(RelBuilder builder, Rows rows, List<Order> order) {
    List<RexNode> values = new ArrayList<>();
    order.forEach(each -> values.add(value(builder, rows, each.by())));
    rows.ties().forEach(tie -> values.add(builder.field(tie)));
    return values;
  }

  static List<RexNode> directed(RelBuilder builder, List<RexNode> values, List<Order> order) {
    List<RexNode> directed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean descending = i < order.size() && order.get(i).descending();
      directed.add(Orders.directed(builder, values.get(i), descending));
    }
    return directed;
  }

  private List<RexNode> keys(Rows rows, Group group) {
    List<RexNode> keys = new ArrayList<>();
    for (ColumnOf key : group.keys()) {
      keys.add(builder.field(rows.field(key.navigations(), key.column())));
    }
    return keys;
  }

  private Rows window(Rows rows, Group group, long skip, OptionalLong top) {
    builder.push(rows.rel());
    List<RexNode> order = order(rows, rows.order());
    if (group.keys().isEmpty()) {
      Orders.limit(builder, skip, top, order);
      return rows.with(builder.build(), true);
    }
    RexNode rank = Orders.rowNumber(builder, keys(rows, group), order);
    return ranked(
        rows,
        List.of(rank),
        extra -> {
          List<RexNode> conditions = new ArrayList<>();
          conditions.add(call(SqlStdOperatorTable.GREATER_THAN, extra, 0, skip));
          top.ifPresent(
              most -> conditions.add(call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, extra, 0, most)));
          return builder.and(conditions);
        });
  }

  private RexNode call(SqlOperator operator, List<RexNode> nodes, int at, long number) {
    return builder.call(operator, nodes.get(at), builder.literal(number));
  }

  /** What a condition is made of: the added columns. */
  private interface Condition {
    RexNode of(List<RexNode> added);
  }

  /**
   * Adds columns to the rows on the builder, and keeps the rows of which they fulfil a condition.
   */
  private Rows ranked(Rows rows, List<RexNode> added, Condition condition) {
    int width = rows.rel().getRowType().getFieldCount();
    List<RexNode> nodes = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(rows.rel().getRowType().getFieldNames());
    for (RexNode node : added) {
      nodes.add(node);
      names.add("_r" + nodes.size());
    }
    builder.project(nodes, names, true);
    fence();
    builder.filter(condition.of(builder.fields().subList(width, nodes.size())));
    return rows.with(builder.build(), true);
  }

  /**
   * {@code OFFSET 0}: a query of its own, for a condition behind a window must not be written
   * beside it. RelToSqlConverter does so when several of them stand one behind the other.
   */
  private void fence() {
    RexNode none = rex.makeExactLiteral(BigDecimal.ZERO);
    builder.push(LogicalSort.create(builder.build(), RelCollations.EMPTY, none, null));
  }

  private Rows best(Rows rows, Step.Best best, Group group) {
    builder.push(rows.rel());
    RexNode value = value(builder, rows, best.by());
    List<RexNode> order = order(rows, List.of(new Order(best.by(), best.highest())));
    List<RexNode> keys = keys(rows, group);
    RexNode amount = rex.makeExactLiteral(best.amount());
    if (best.measure() == Step.Measure.COUNT) {
      return ranked(
          rows,
          List.of(Orders.rowNumber(builder, keys, order)),
          added -> builder.call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, added.get(0), amount));
    }
    RexNode known = orZero(value);
    RexNode before =
        builder.call(
            SqlStdOperatorTable.MINUS,
            builder
                .aggregateCall(SqlStdOperatorTable.SUM, known)
                .over()
                .partitionBy(keys)
                .orderBy(order)
                .rowsBetween(RexWindowBounds.UNBOUNDED_PRECEDING, RexWindowBounds.CURRENT_ROW)
                .toRex(),
            known);
    if (best.measure() == Step.Measure.SUM) {
      return ranked(
          rows,
          List.of(before),
          added -> builder.call(SqlStdOperatorTable.LESS_THAN, added.get(0), amount));
    }
    RexNode total =
        builder.aggregateCall(SqlStdOperatorTable.SUM, known).over().partitionBy(keys).toRex();
    RexNode share = rex.makeExactLiteral(best.amount().movePointLeft(2));
    return ranked(
        rows,
        List.of(before, total),
        added ->
            builder.call(
                SqlStdOperatorTable.LESS_THAN,
                added.get(0),
                builder.call(SqlStdOperatorTable.MULTIPLY, added.get(1), share)));
  }

  private RexNode orZero(RexNode value) {
    return rex.makeCall(
        SqlStdOperatorTable.COALESCE,
        value,
        rex.makeExactLiteral(
            BigDecimal.ZERO, builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT)));
  }

  private Rows groupBy(Rows rows, Step.GroupBy step, Group outside) {
    List<Rows> levels = new ArrayList<>();
    for (List<ColumnOf> level : step.levels()) {
      List<ColumnOf> keys = new ArrayList<>(outside.keys());
      level.stream().filter(key -> !keys.contains(key)).forEach(keys::add);
      Rows start = rows.fresh();
      levels.add(all(start, step.each(), new Group(keys, start)));
    }
    return levels.size() == 1 ? levels.get(0) : new Branches(builder).of(levels);
  }

  private Rows concat(Rows rows, List<List<Step>> pipelines, Group group) {
    List<Rows> all = new ArrayList<>();
    pipelines.forEach(pipeline -> all.add(all(rows, pipeline, group)));
    return new Branches(builder).of(all);
  }
}
