package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Leaves out every left join on a declared key of which no column is used, wherever it stands: it
 * adds no rows and takes none away. (Calcite's own rule only sees a projection right above a join,
 * and takes a planner.) Columns keep their places; those of the join that is gone are null, and
 * nobody reads them.
 */
final class UnusedJoins {
  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          boolean exists = query.getKind() == SqlKind.EXISTS;
          ImmutableBitSet read = exists ? ImmutableBitSet.of() : all(visited.rel);
          return visited.clone(leftOut(visited.rel, read));
        }
      };

  private UnusedJoins() {}

  /** The tree without them; its row type stays. */
  static RelNode leftOut(RelNode tree) {
    return hasLeftJoin(tree) ? new UnusedJoins().leftOut(tree, all(tree)) : tree;
  }

  /** A look is cheap, and most trees have none. */
  private static boolean hasLeftJoin(RelNode node) {
    return node instanceof Join join && join.getJoinType() == JoinRelType.LEFT
        || subQueries(node).stream().anyMatch(UnusedJoins::hasLeftJoin)
        || node.getInputs().stream().anyMatch(UnusedJoins::hasLeftJoin);
  }

  private static List<RelNode> subQueries(RelNode node) {
    List<RelNode> found = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            found.add(query.rel);
            return super.visitSubQuery(query);
          }
        });
    return found;
  }

  private static ImmutableBitSet all(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  /**
   * @param read the columns that somebody reads
   */
  private RelNode leftOut(RelNode node, ImmutableBitSet read) {
    if (node instanceof Join join && isUnused(join, read)) {
      return alone(join, read);
    }
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < node.getInputs().size(); i++) {
      RelNode input = node.getInput(i);
      inputs.add(leftOut(input, readOf(node, i, read)));
    }
    RelNode same = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return same.accept(subQueries);
  }

  /** What a node reads of one of its inputs. */
  private static ImmutableBitSet readOf(RelNode node, int input, ImmutableBitSet read) {
    if (!subQueries(node).isEmpty() || !node.getVariablesSet().isEmpty()) {
      return all(node.getInput(input));
    }
    if (node instanceof Project project) {
      return RelOptUtil.InputFinder.bits(
          read.toList().stream().map(project.getProjects()::get).toList(), null);
    }
    if (node instanceof Filter filter) {
      return read.union(RelOptUtil.InputFinder.bits(filter.getCondition()));
    }
    if (node instanceof Sort sort) {
      return read.union(ImmutableBitSet.of(sort.getCollation().getKeys()));
    }
    if (node instanceof Aggregate aggregate) {
      return readOf(aggregate);
    }
    if (node instanceof Join join) {
      return readOf(join, input, read);
    }
    boolean union = node instanceof Union each && each.all;
    return union ? read : all(node.getInput(input));
  }

  private static ImmutableBitSet readOf(Aggregate aggregate) {
    ImmutableBitSet.Builder read = aggregate.getGroupSet().rebuild();
    for (AggregateCall call : aggregate.getAggCallList()) {
      call.getArgList().forEach(read::set);
      call.getCollation().getKeys().forEach(read::set);
      if (call.hasFilter()) {
        read.set(call.filterArg);
      }
    }
    return read.build();
  }

  private static ImmutableBitSet readOf(Join join, int input, ImmutableBitSet read) {
    int width = join.getLeft().getRowType().getFieldCount();
    ImmutableBitSet both = read.union(RelOptUtil.InputFinder.bits(join.getCondition()));
    return input == 0
        ? both.intersect(ImmutableBitSet.range(width))
        : both.except(ImmutableBitSet.range(width)).shift(-width);
  }

  private static boolean isUnused(Join join, ImmutableBitSet read) {
    int width = join.getLeft().getRowType().getFieldCount();
    return join.getJoinType() == JoinRelType.LEFT
        && read.nextSetBit(width) < 0
        && subQueries(join).isEmpty()
        && isUnique(join.getRight(), equated(join, width));
  }

  /** The columns of the right side that must be equal to something on the left. */
  private static ImmutableBitSet equated(Join join, int width) {
    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      if (condition instanceof RexCall call
          && call.getKind() == SqlKind.EQUALS
          && call.getOperands().get(0) instanceof RexInputRef one
          && call.getOperands().get(1) instanceof RexInputRef other
          && one.getIndex() < width != other.getIndex() < width) {
        columns.set(Math.max(one.getIndex(), other.getIndex()) - width);
      }
    }
    return columns.build();
  }

  private static boolean isUnique(RelNode node, ImmutableBitSet columns) {
    if (node instanceof TableScan scan) {
      MountedTable mounted = scan.getTable().unwrap(MountedTable.class);
      return mounted != null && mounted.getStatistic().isKey(columns);
    }
    if (node instanceof Filter) {
      return isUnique(node.getInput(0), columns);
    }
    if (node instanceof Project project) {
      ImmutableBitSet.Builder below = ImmutableBitSet.builder();
      for (int column : columns) {
        if (project.getProjects().get(column) instanceof RexInputRef ref) {
          below.set(ref.getIndex());
        }
      }
      return isUnique(project.getInput(), below.build());
    }
    return node instanceof Aggregate aggregate
        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && columns.contains(ImmutableBitSet.range(aggregate.getGroupCount()));
  }

  private RelNode alone(Join join, ImmutableBitSet read) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    RelNode left = leftOut(join.getLeft(), read);
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : join.getRowType().getFieldList()) {
      columns.add(
          field.getIndex() < left.getRowType().getFieldCount()
              ? rex.makeInputRef(left, field.getIndex())
              : rex.makeNullLiteral(field.getType()));
    }
    return LogicalProject.create(
        left, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
  }
}
