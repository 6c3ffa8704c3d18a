package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * {@code FROM a, b WHERE a.x = b.x} is {@code FROM a JOIN b ON a.x = b.x}: what compares the keys
 * of two tables is moved to the join of those, where their gemeenten are kept apart.
 */
final class CommaJoins {
  private final RexBuilder rex;

  private CommaJoins(RexBuilder rex) {
    this.rex = rex;
  }

  /** The filter with such conditions moved down; itself when there are none. */
  static RelNode moved(Filter filter) {
    if (!(filter.getInput() instanceof Join)) {
      return filter;
    }
    CommaJoins joins = new CommaJoins(filter.getCluster().getRexBuilder());
    RelNode input = filter.getInput();
    List<RexNode> kept = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<RelNode> with = joins.with(input, condition);
      if (with.isEmpty()) {
        kept.add(condition);
      } else {
        input = with.get();
      }
    }
    if (input == filter.getInput()) {
      return filter;
    }
    return kept.isEmpty()
        ? input
        : LogicalFilter.create(
            input,
            RexUtil.composeConjunction(joins.rex, kept),
            com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
  }

  private Optional<RelNode> with(RelNode input, RexNode condition) {
    if (condition.getKind() != SqlKind.EQUALS
        || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef one)
        || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef other)) {
      return Optional.empty();
    }
    Optional<Origin> from = Origin.of(input, one.getIndex());
    Optional<Origin> to = Origin.of(input, other.getIndex());
    boolean belong =
        from.isPresent()
            && to.isPresent()
            && from.get().scan() != to.get().scan()
            && Numbers.belong(from.get(), to.get());
    return belong ? with(input, one.getIndex(), other.getIndex()) : Optional.empty();
  }

  private Optional<RelNode> with(RelNode input, int one, int other) {
    if (!(input instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
      return Optional.empty();
    }
    int width = join.getLeft().getRowType().getFieldCount();
    if (one < width && other < width) {
      return with(join.getLeft(), one, other)
          .map(left -> joined(join, left, join.getRight(), join.getCondition()));
    }
    if (one >= width && other >= width) {
      return with(join.getRight(), one - width, other - width)
          .map(right -> joined(join, join.getLeft(), right, join.getCondition()));
    }
    RexNode equal =
        rex.makeCall(
            SqlStdOperatorTable.EQUALS,
            rex.makeInputRef(join, Math.min(one, other)),
            rex.makeInputRef(join, Math.max(one, other)));
    List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
    all.add(equal);
    return Optional.of(
        joined(join, join.getLeft(), join.getRight(), RexUtil.composeConjunction(rex, all)));
  }

  private static RelNode joined(Join join, RelNode left, RelNode right, RexNode condition) {
    return LogicalJoin.create(
        left, right, join.getHints(), condition, join.getVariablesSet(), join.getJoinType());
  }
}
