package nl.ketendata.server.algebra;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Keeps the gemeenten of a hoofdorganisatie apart. Row keys and the numbers of the standard are
 * unique within a gemeente only, so a join that is written on one of them means the rows of one
 * gemeente; it is made to say so. The same holds for {@code IN}, for {@code INTERSECT} and {@code
 * EXCEPT}, for what is first put together or cut by {@code LIMIT}, and for sub-queries that refer
 * to the row around them. What cannot be made to say so, such as the rows of a recursion, is
 * refused by {@link AcrossGemeenten}. What is compared on anything else, such as a product code, is
 * left as it is.
 */
final class OwnGemeente extends RelHomogeneousShuttle {
  /** The rows that sub-queries refer to. */
  private final Map<CorrelationId, RelNode> around = new HashMap<>();

  /** Sub-queries in the expressions of a node. */
  private final class Inside extends RexShuttle {
    private final RelNode node;

    Inside(RelNode node) {
      this.node = node;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
      RexSubQuery own = visited.clone(visited.rel.accept(OwnGemeente.this));
      return own.getKind() == SqlKind.IN && node.getInputs().size() == 1
          ? own(own, node.getInput(0))
          : own;
    }
  }

  @Override
  public RelNode visit(RelNode other) {
    if (other.getInputs().size() == 1) {
      other.getVariablesSet().forEach(variable -> around.put(variable, other.getInput(0)));
    }
    RelNode moved = other instanceof Filter filter ? CommaJoins.moved(filter) : other;
    RelNode below = super.visit(moved);
    RelNode visited = below.accept(new Inside(below));
    if (visited instanceof Join join) {
      return apart(join);
    }
    if (visited instanceof Intersect || visited instanceof Minus) {
      return apart((SetOp) visited);
    }
    return visited instanceof Filter filter ? apart(filter) : visited;
  }

  /** Whether a row is in another branch too is asked within its gemeente. */
  private static RelNode apart(SetOp set) {
    for (int i = 0; i < set.getRowType().getFieldCount(); i++) {
      int field = i;
      List<Origin> origins =
          set.getInputs().stream().flatMap(input -> Origin.of(input, field).stream()).toList();
      boolean belong =
          origins.size() == set.getInputs().size()
              && origins.stream().allMatch(each -> Numbers.belong(origins.get(0), each));
      if (belong && origins.get(0).gemeente(set).isEmpty()) {
        RelNode wider =
            Carried.of(set, field).orElseThrow(() -> AcrossGemeenten.refused(origins.get(0))).rel();
        return first(wider, set);
      }
    }
    return set;
  }

  /** {@code key IN (select key …)} becomes {@code (key, gemeente) IN (select key, gemeente …)}. */
  private static RexNode own(RexSubQuery query, RelNode row) {
    for (int i = 0; i < query.getOperands().size(); i++) {
      Optional<Origin> from =
          query.getOperands().get(i) instanceof RexInputRef ref
              ? Origin.of(row, ref.getIndex())
              : Optional.empty();
      Optional<Origin> to = Origin.of(query.rel, i);
      if (from.filter(Numbers::isNumber).isPresent() && AcrossGemeenten.ofRecursion(query.rel, i)) {
        throw AcrossGemeenten.refused(from.get());
      }
      if (from.isPresent() && to.isPresent() && Numbers.belong(from.get(), to.get())) {
        return own(query, row, from.get(), i);
      }
    }
    return query;
  }

  private static RexNode own(RexSubQuery query, RelNode row, Origin from, int compared) {
    Optional<Integer> mine = from.gemeente(row);
    Optional<Carried> theirs = Carried.of(query.rel, compared);
    if (mine.isEmpty() || theirs.isEmpty()) {
      throw AcrossGemeenten.refused(from);
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < query.getOperands().size(); i++) {
      kept.add(i);
    }
    kept.add(theirs.get().gemeente());
    List<RexNode> operands = new ArrayList<>(query.getOperands());
    operands.add(row.getCluster().getRexBuilder().makeInputRef(row, mine.get()));
    return RexSubQuery.in(fields(theirs.get().rel(), kept), ImmutableList.copyOf(operands));
  }

  /** A condition on a key of the row around a sub-query is one on its gemeente too. */
  private RelNode apart(Filter filter) {
    RexBuilder rex = filter.getCluster().getRexBuilder();
    RelNode input = filter.getInput();
    List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
    AcrossGemeenten.check(conditions, input);
    List<RexNode> all = new ArrayList<>(conditions);
    for (RexNode condition : conditions) {
      Optional<Reference> reference = reference(condition);
      if (reference.isEmpty()) {
        continue;
      }
      RelNode row = around.get(reference.get().variable.id);
      int outer = reference.get().outer;
      int inner = reference.get().inner;
      Optional<Origin> from = row == null ? Optional.empty() : Origin.of(row, outer);
      Optional<Origin> to = Origin.of(input, inner);
      if (from.isEmpty() || to.isEmpty() || !Numbers.belong(from.get(), to.get())) {
        continue;
      }
      Optional<Integer> theirs = from.get().gemeente(row);
      Optional<Carried> mine = Carried.of(input, inner);
      if (theirs.isEmpty() || mine.isEmpty()) {
        throw AcrossGemeenten.refused(from.get());
      }
      input = mine.get().rel();
      RexNode own = rex.makeInputRef(input, mine.get().gemeente());
      RexNode other = rex.makeFieldAccess(reference.get().variable, theirs.get());
      all.add(rex.makeCall(SqlStdOperatorTable.EQUALS, own, other));
    }
    if (all.size() == conditions.size()) {
      return filter;
    }
    RelNode apart =
        LogicalFilter.create(
            input,
            RexUtil.composeConjunction(rex, all),
            com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
    return first(apart, filter);
  }

  /**
   * An equality of a field with one of the row around.
   *
   * @param inner field of the input
   * @param outer field of the row around
   */
  private record Reference(int inner, RexCorrelVariable variable, int outer) {}

  private static Optional<Reference> reference(RexNode condition) {
    if (condition.getKind() != SqlKind.EQUALS) {
      return Optional.empty();
    }
    RexNode one = ((RexCall) condition).getOperands().get(0);
    RexNode other = ((RexCall) condition).getOperands().get(1);
    return reference(one, other).or(() -> reference(other, one));
  }

  private static Optional<Reference> reference(RexNode one, RexNode other) {
    return one instanceof RexInputRef ref
            && other instanceof RexFieldAccess access
            && access.getReferenceExpr() instanceof RexCorrelVariable variable
        ? Optional.of(new Reference(ref.getIndex(), variable, access.getField().getIndex()))
        : Optional.empty();
  }

  private static RelNode apart(Join join) {
    RelNode left = join.getLeft();
    RelNode right = join.getRight();
    int width = left.getRowType().getFieldCount();
    List<int[]> pairs = new ArrayList<>();
    List<RexNode> conditions = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
    AcrossGemeenten.check(conditions, join);
    for (RexNode condition : conditions) {
      Optional<int[]> keys = keys(condition, width);
      if (keys.isEmpty() || !belong(left, keys.get()[0], right, keys.get()[1])) {
        continue;
      }
      Optional<Carried> mine = Carried.of(left, keys.get()[0]);
      Optional<Carried> theirs = Carried.of(right, keys.get()[1]);
      if (mine.isPresent() && theirs.isPresent()) {
        left = mine.get().rel();
        right = theirs.get().rel();
        pairs.add(new int[] {mine.get().gemeente(), theirs.get().gemeente()});
      } else if (!AcrossGemeenten.comparesGemeenten(conditions, join)) {
        throw AcrossGemeenten.refused(
            Origin.of(join, keys.get()[0]).orElseThrow(IllegalStateException::new));
      }
    }
    return pairs.isEmpty() ? join : joined(join, left, right, conditions, pairs);
  }

  private static RelNode joined(
      Join join, RelNode left, RelNode right, List<RexNode> conditions, List<int[]> pairs) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    int before = join.getLeft().getRowType().getFieldCount();
    int width = left.getRowType().getFieldCount();
    RexShuttle shift =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            int index = ref.getIndex();
            return index < before ? ref : new RexInputRef(index + width - before, ref.getType());
          }
        };
    List<RexNode> all = new ArrayList<>(shift.visitList(conditions));
    for (int[] pair : pairs) {
      RexNode equal =
          rex.makeCall(
              SqlStdOperatorTable.EQUALS,
              rex.makeInputRef(left, pair[0]),
              new RexInputRef(
                  width + pair[1], right.getRowType().getFieldList().get(pair[1]).getType()));
      if (!all.contains(equal)) {
        all.add(equal);
      }
    }
    RelNode apart =
        LogicalJoin.create(
            left,
            right,
            join.getHints(),
            RexUtil.composeConjunction(rex, all),
            join.getVariablesSet(),
            join.getJoinType());
    return shown(apart, join, before, width);
  }

  /** Without the gemeenten that the question did not ask for. */
  private static RelNode shown(RelNode apart, Join join, int before, int width) {
    int all = join.getRowType().getFieldCount();
    if (apart.getRowType().getFieldCount() == all) {
      return apart;
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      kept.add(i < before ? i : i + width - before);
    }
    return renamed(fields(apart, kept), join);
  }

  private static RelNode first(RelNode wider, RelNode as) {
    int all = as.getRowType().getFieldCount();
    if (wider.getRowType().getFieldCount() == all) {
      return wider;
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      kept.add(i);
    }
    return renamed(fields(wider, kept), as);
  }

  private static RelNode fields(RelNode rel, List<Integer> kept) {
    RexBuilder rex = rel.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int index : kept) {
      fields.add(rex.makeInputRef(rel, index));
      names.add(rel.getRowType().getFieldNames().get(index));
    }
    return LogicalProject.create(rel, List.of(), fields, names, Set.of());
  }

  private static RelNode renamed(RelNode project, RelNode as) {
    return LogicalProject.create(
        project.getInput(0),
        List.of(),
        ((LogicalProject) project).getProjects(),
        as.getRowType().getFieldNames(),
        Set.of());
  }

  /** The fields that an equality of both sides compares. */
  private static Optional<int[]> keys(RexNode condition, int width) {
    if (condition.getKind() != SqlKind.EQUALS
        || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef one)
        || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef other)) {
      return Optional.empty();
    }
    int left = Math.min(one.getIndex(), other.getIndex());
    int right = Math.max(one.getIndex(), other.getIndex()) - width;
    return left < width && right >= 0 ? Optional.of(new int[] {left, right}) : Optional.empty();
  }

  private static boolean belong(RelNode left, int mine, RelNode right, int theirs) {
    Optional<Origin> from = Origin.of(left, mine);
    Optional<Origin> to = Origin.of(right, theirs);
    return from.isPresent() && to.isPresent() && Numbers.belong(from.get(), to.get());
  }
}
