package nl.ketendata.server.algebra;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Visits every scan of a tree, those inside sub-queries too, where Calcite's own does not come. */
abstract class Scans extends RelHomogeneousShuttle {
  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(visited.rel.accept(Scans.this));
        }
      };

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(subQueries);
  }
}
