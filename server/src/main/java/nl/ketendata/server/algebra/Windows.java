package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Order;
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

/** Steps that keep rows by their place in an order, in each group apart. */
final class Windows {
  private final RelBuilder builder;
  private final RexBuilder rex;

  Windows(RelBuilder builder) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /** The order of rows, made total. The rows are on the builder. */
  private List<RexNode> order(Rows rows, List<Order> order) {
    return Pipeline.directed(builder, Pipeline.totalled(builder, rows, order), order);
  }

  private List<RexNode> keys(Rows rows, Pipeline.Group group) {
    List<RexNode> keys = new ArrayList<>();
    for (ColumnOf key : group.keys()) {
      keys.add(builder.field(rows.field(key.navigations(), key.column())));
    }
    return keys;
  }

  /** Passes over the first rows of each group and takes so many behind them. */
  Rows cut(Rows rows, Pipeline.Group group, long skip, OptionalLong top) {
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

  /** The rows of each group with the highest or lowest values. */
  Rows best(Rows rows, Step.Best best, Pipeline.Group group) {
    builder.push(rows.rel());
    RexNode value = Pipeline.value(builder, rows, best.by());
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
}
