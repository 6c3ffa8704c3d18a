package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;

/** Filters that stay filters. */
final class Filters {
  private Filters() {}

  /**
   * Keeps the rows on the builder that fulfil conditions. A condition that nothing fulfils would
   * make the builder forget the rows for a list of no values, whose columns have no type in the
   * store.
   */
  static void keep(RelBuilder builder, Set<CorrelationId> outside, List<RexNode> conditions) {
    RexNode condition = RexUtil.composeConjunction(builder.getRexBuilder(), conditions);
    if (!condition.isAlwaysFalse()) {
      builder.filter(outside, conditions);
      return;
    }
    RelNode rows = builder.build();
    builder.push(LogicalFilter.create(rows, builder.getRexBuilder().makeLiteral(false)));
  }
}
