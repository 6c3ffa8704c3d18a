package nl.ketendata.server.algebra;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;

/**
 * How much planning one statement may take, counted in types and expressions made instead of time:
 * the same statement is refused on every machine, whatever else that does.
 */
final class Effort {
  /** Ten times what the hardest of the TPC-H queries takes; less than a second. */
  private static final long MOST = 500_000;

  /** Columns of one row: a star over thirty of the widest tables is less. */
  private static final int MOST_COLUMNS = 1_000;

  private final long most;
  private long spent;

  private Effort(long most) {
    this.most = most;
  }

  /** For one statement. */
  static Effort ofOneStatement() {
    return new Effort(MOST);
  }

  /** Of the statement that a tree is for. */
  static Effort of(RelNode tree) {
    return ((Types) tree.getCluster().getTypeFactory()).effort();
  }

  /** For what no caller wrote. */
  static Effort unlimited() {
    return new Effort(Long.MAX_VALUE);
  }

  /**
   * Counts what is made.
   *
   * @throws Failure KD413 when it becomes too much
   */
  void spend(long steps) {
    spent += steps;
    if (spent > most) {
      throw Failure.of(Code.TOO_LARGE, "SQL", "> " + most, most);
    }
  }

  /**
   * Counts a row type.
   *
   * @throws Failure KD413 for too many columns
   */
  void spendRow(int columns) {
    if (columns > MOST_COLUMNS) {
      throw Failure.of(Code.TOO_LARGE, "SELECT *", columns, MOST_COLUMNS);
    }
    spend(columns);
  }
}
