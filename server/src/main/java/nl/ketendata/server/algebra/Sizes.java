package nl.ketendata.server.algebra;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rex.RexNode;

/**
 * How large one expression may become. A function that is written with an argument twice doubles
 * what is inside it, so thirty of them inside each other would fill the memory.
 */
final class Sizes {
  private static final int MOST_NODES = 10_000;

  private Sizes() {}

  /**
   * The expression itself.
   *
   * @throws Failure KD413 when it is too large
   */
  static RexNode checked(RexNode expression) {
    int nodes = expression.nodeCount();
    if (nodes < 0 || nodes > MOST_NODES) {
      throw Failure.of(Code.TOO_LARGE, "SQL", "> " + MOST_NODES, MOST_NODES);
    }
    return expression;
  }
}
