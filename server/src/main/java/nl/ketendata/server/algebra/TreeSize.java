package nl.ketendata.server.algebra;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Counts what will be written: a part that stands in several places counts in each, also a
 * sub-query, which an expression counts as one.
 */
final class TreeSize extends RelVisitor {
  private static final int MOST = 30_000;

  private int nodes;
  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
          count();
          return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          go(query.rel);
          return super.visitSubQuery(query);
        }
      };

  private TreeSize() {}

  /**
   * The tree itself.
   *
   * @throws Failure KD413 when it is too large
   */
  static RelNode checked(RelNode tree) {
    new TreeSize().go(tree);
    return tree;
  }

  @Override
  public void visit(RelNode node, int ordinal, RelNode parent) {
    count();
    node.accept(expressions);
    super.visit(node, ordinal, parent);
  }

  private void count() {
    if (++nodes > MOST) {
      throw Failure.of(Code.TOO_LARGE, "SQL", "> " + MOST, MOST);
    }
  }
}
