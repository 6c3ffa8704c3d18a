package nl.ketendata.server.algebra;

import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;

/** What Calcite or we write more than once when a statement is taken apart. */
final class Rewritten {
  private static final int SYMMETRIC = 4;

  private Rewritten() {}

  /** How often an operand is written. */
  static int times(SqlCall call, int operand) {
    if (call instanceof SqlCase choice) {
      boolean chosenBy = operand == 0 && choice.getValueOperand() != null;
      return chosenBy ? Math.max(1, choice.getWhenOperands().size()) : 1;
    }
    return switch (call.getKind()) {
      case IN, NOT_IN -> operand == 0 ? listed(call.operand(1)) : 2;
      case BETWEEN -> between(call);
      case ROW, COALESCE, NULLIF, CEIL, FLOOR, CAST, SAFE_CAST -> 2;
      default -> byName(call.getOperator().getName());
    };
  }

  private static int listed(SqlNode right) {
    return right instanceof SqlNodeList list
        ? Math.max(1, Math.min(list.size(), SqlPlanner.LONGEST_LIST))
        : 2;
  }

  private static int between(SqlCall call) {
    SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
    return operator.flag == SqlBetweenOperator.Flag.SYMMETRIC ? SYMMETRIC : 2;
  }

  private static int byName(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "COALESCE", "NULLIF", "CEIL", "CEILING", "FLOOR", "SUBSTRING", "LEFT", "RIGHT" -> 2;
      default -> 1;
    };
  }
}
