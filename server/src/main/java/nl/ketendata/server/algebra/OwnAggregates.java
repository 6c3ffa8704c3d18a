package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * In a sub-query, {@code MAX(t.x)} of a row around it only: for the engine that is an aggregate of
 * the question around it, and refused there; here it is one of the sub-query. So it is made to name
 * a column of the sub-query, which makes no difference to its value.
 */
final class OwnAggregates {
  private OwnAggregates() {}

  static Aggregate of(Aggregate aggregate) {
    if (!(aggregate.getInput() instanceof Project project)
        || project.getInput().getRowType().getFieldCount() == 0) {
      return aggregate;
    }
    List<RexNode> nodes = new ArrayList<>(project.getProjects());
    boolean changed = false;
    for (AggregateCall call : aggregate.getAggCallList()) {
      for (int argument : call.getArgList()) {
        if (isOfOthers(nodes.get(argument))) {
          nodes.set(argument, anchored(project, nodes.get(argument)));
          changed = true;
        }
      }
    }
    return changed ? on(aggregate, project, nodes) : aggregate;
  }

  private static Aggregate on(Aggregate aggregate, Project project, List<RexNode> nodes) {
    Project anchored =
        LogicalProject.create(
            project.getInput(),
            project.getHints(),
            nodes,
            project.getRowType().getFieldNames(),
            project.getVariablesSet());
    return aggregate.copy(
        aggregate.getTraitSet(),
        anchored,
        aggregate.getGroupSet(),
        aggregate.getGroupSets(),
        aggregate.getAggCallList());
  }

  private static RexNode anchored(Project project, RexNode value) {
    RexBuilder rex = project.getCluster().getRexBuilder();
    RexNode own = rex.makeInputRef(project.getInput(), 0);
    return rex.makeCall(
        value.getType(),
        SqlStdOperatorTable.CASE,
        List.of(rex.makeCall(SqlStdOperatorTable.IS_NULL, own), value, value));
  }

  /** Whether it names columns of rows around the sub-query, and none of its own. */
  private static boolean isOfOthers(RexNode node) {
    boolean[] named = new boolean[2];
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitInputRef(RexInputRef own) {
            named[0] = true;
            return null;
          }

          @Override
          public Void visitCorrelVariable(RexCorrelVariable other) {
            named[1] = true;
            return null;
          }
        });
    return named[1] && !named[0];
  }
}
