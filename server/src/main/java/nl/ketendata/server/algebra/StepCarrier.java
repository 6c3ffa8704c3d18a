package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Brings the number of the step from the scan of the rows found last to the top of a recursion's
 * next part, behind its own columns; and sees that those rows are read once, and one by one.
 */
final class StepCarrier {
  private final RelOptTable from;
  private final RelOptTable to;
  private int scans;

  /**
   * @param from what the scan reads
   * @param to what it must read instead, with a column more
   */
  StepCarrier(RelOptTable from, RelOptTable to) {
    this.from = from;
    this.to = to;
  }

  /**
   * The part with that column at its end.
   *
   * @throws Failure KD445 for rows that are read twice, summed up, sorted, or in a sub-query
   */
  RelNode carried(RelNode part) {
    RelNode carried = carry(part);
    if (scans != 1) {
      throw Failure.of(Code.RECURSION, scans + " x");
    }
    return carried;
  }

  private boolean reads(RelNode node) {
    boolean[] found = {isScan(node)};
    node.getInputs().forEach(input -> found[0] |= reads(input));
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            found[0] |= reads(query.rel);
            return super.visitSubQuery(query);
          }
        });
    return found[0];
  }

  private boolean isScan(RelNode node) {
    return node instanceof TableScan
        && node.getTable().getQualifiedName().equals(from.getQualifiedName())
        && node.getTable().unwrap(RecursiveTable.class) == null
        && node.getTable().unwrap(MountedTable.class) == null;
  }

  private RelNode carry(RelNode node) {
    if (isScan(node)) {
      scans++;
      return LogicalTableScan.create(node.getCluster(), to, List.of());
    }
    boolean inExpression = reads(node) && node.getInputs().stream().noneMatch(this::reads);
    if (inExpression || subQueriesRead(node)) {
      throw Failure.of(Code.RECURSION, "EXISTS, IN, (SELECT …)");
    }
    if (node instanceof Project project) {
      return project(project);
    }
    if (node instanceof Filter filter) {
      return filter.copy(filter.getTraitSet(), carry(filter.getInput()), filter.getCondition());
    }
    if (node instanceof Join join) {
      return join(join);
    }
    throw Failure.of(Code.RECURSION, node.getRelTypeName().replaceFirst("^Logical", ""));
  }

  private boolean subQueriesRead(RelNode node) {
    boolean[] found = {false};
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            found[0] |= reads(query.rel);
            return super.visitSubQuery(query);
          }
        });
    return found[0];
  }

  private RelNode project(Project project) {
    RelNode input = carry(project.getInput());
    List<RexNode> values = new ArrayList<>(project.getProjects());
    List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
    values.add(last(input));
    names.add(Recursion.STEP);
    return LogicalProject.create(
        input, project.getHints(), values, names, project.getVariablesSet());
  }

  private static RexNode last(RelNode input) {
    return input
        .getCluster()
        .getRexBuilder()
        .makeInputRef(input, input.getRowType().getFieldCount() - 1);
  }

  private RelNode join(Join join) {
    boolean left = reads(join.getLeft());
    if (left == reads(join.getRight())) {
      throw Failure.of(Code.RECURSION, "2 x");
    }
    JoinRelType type = join.getJoinType();
    boolean kept =
        type == JoinRelType.INNER || type == (left ? JoinRelType.LEFT : JoinRelType.RIGHT);
    if (!kept) {
      throw Failure.of(Code.RECURSION, type + " JOIN");
    }
    if (!left) {
      return joined(join, join.getLeft(), carry(join.getRight()), join.getCondition());
    }
    int width = join.getLeft().getRowType().getFieldCount();
    RelNode mine = carry(join.getLeft());
    return stepLast(
        joined(join, mine, join.getRight(), join.getCondition().accept(shifted(width))),
        join.getRowType().getFieldNames(),
        width);
  }

  private static RelNode joined(Join join, RelNode left, RelNode right, RexNode condition) {
    return LogicalJoin.create(
        left, right, join.getHints(), condition, join.getVariablesSet(), join.getJoinType());
  }

  private static RexShuttle shifted(int width) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef ref) {
        return ref.getIndex() < width ? ref : new RexInputRef(ref.getIndex() + 1, ref.getType());
      }
    };
  }

  /** The step stands behind the columns of the left side. */
  private static RelNode stepLast(RelNode joined, List<String> names, int width) {
    RexBuilder rex = joined.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (int i = 0; i < joined.getRowType().getFieldCount(); i++) {
      if (i != width) {
        values.add(rex.makeInputRef(joined, i));
      }
    }
    values.add(rex.makeInputRef(joined, width));
    List<String> all = new ArrayList<>(names);
    all.add(Recursion.STEP);
    return LogicalProject.create(joined, List.of(), values, all, Set.of());
  }
}
