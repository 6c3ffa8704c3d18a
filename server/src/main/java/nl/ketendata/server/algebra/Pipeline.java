package nl.ketendata.server.algebra;

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
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/**
 * Steps as one tree. A pipeline inside a group is not run per group: each of its steps is told what
 * the rows are grouped by and keeps the groups apart.
 */
final class Pipeline {
  private final Snapshot snapshot;
  private final RelBuilder builder;
  private final Windows windows;

  Pipeline(Snapshot snapshot, RelBuilder builder) {
    this.snapshot = snapshot;
    this.builder = builder;
    this.windows = new Windows(builder);
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
      return windows.cut(rows, group, skip.rows(), OptionalLong.empty());
    }
    if (step instanceof Step.Top top) {
      return windows.cut(rows, group, 0, OptionalLong.of(top.rows()));
    }
    if (step instanceof Step.Best best) {
      return windows.best(rows, best, group);
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
