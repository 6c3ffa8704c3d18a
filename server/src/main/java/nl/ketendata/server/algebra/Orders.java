package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import nl.ketendata.server.question.Order;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/** Orders in OData's way: null comes first ascending and last descending. */
final class Orders {
  private Orders() {}

  static RexNode directed(RelBuilder builder, RexNode node, Order order) {
    return directed(builder, node, order.descending());
  }

  static RexNode directed(RelBuilder builder, RexNode node, boolean descending) {
    return descending ? builder.nullsLast(builder.desc(node)) : builder.nullsFirst(node);
  }

  /** The criteria of rows that were sorted. */
  static List<RexNode> of(RelBuilder builder, Sort sorted) {
    List<RexNode> order = new ArrayList<>();
    sorted
        .getCollation()
        .getFieldCollations()
        .forEach(
            by ->
                order.add(
                    directed(
                        builder, builder.field(by.getFieldIndex()), by.direction.isDescending())));
    return order;
  }

  static void limit(RelBuilder builder, long skip, OptionalLong top, List<RexNode> order) {
    builder.sortLimit(
        skip == 0 ? null : builder.literal(skip),
        top.isEmpty() ? null : builder.literal(top.getAsLong()),
        order);
  }

  /**
   * Rows as a query of their own, in their order: {@code OFFSET 0} changes nothing, but what is
   * computed of them is computed of these rows only, and not before their limit.
   */
  static RelNode fenced(RelNode rows) {
    RexNode none = rows.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ZERO);
    return LogicalSort.create(rows, RelCollations.EMPTY, none, null);
  }

  static RexNode rowNumber(RelBuilder builder, List<RexNode> partition, List<RexNode> order) {
    return builder
        .aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
        .over()
        .partitionBy(partition)
        .orderBy(order)
        .rowsUnbounded()
        .toRex();
  }
}
