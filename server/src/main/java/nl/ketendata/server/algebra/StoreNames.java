package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Gives what is computed or renamed a name that no column has. In {@code SELECT a AS b … ORDER BY
 * b} the engine would sort by {@code a}, also where the column {@code b} was meant. Readers go by
 * place, so nobody sees these names. A column under its own name keeps it; one under another name
 * does not get its own back, since {@code rowid} is in no star.
 */
final class StoreNames extends RelHomogeneousShuttle {
  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(visited.rel.accept(StoreNames.this));
        }
      };
  private int given;

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other).accept(subQueries);
    if (visited instanceof Project project) {
      return renamed(project);
    }
    return visited instanceof Aggregate aggregate ? renamed(OwnAggregates.of(aggregate)) : visited;
  }

  private RelNode renamed(Project project) {
    List<String> columns = project.getInput().getRowType().getFieldNames();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < project.getProjects().size(); i++) {
      String name = project.getRowType().getFieldNames().get(i);
      boolean own =
          project.getProjects().get(i) instanceof RexInputRef ref
              && columns.get(ref.getIndex()).equals(name);
      names.add(own ? name : "_" + ++given);
    }
    return LogicalProject.create(
        project.getInput(),
        project.getHints(),
        project.getProjects(),
        names,
        project.getVariablesSet());
  }

  private RelNode renamed(Aggregate aggregate) {
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(call.withName("_" + ++given));
    }
    return aggregate.copy(
        aggregate.getTraitSet(),
        aggregate.getInput(),
        aggregate.getGroupSet(),
        aggregate.getGroupSets(),
        calls);
  }
}
