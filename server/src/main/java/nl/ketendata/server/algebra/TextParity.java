package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Parts of texts: the engine counts a negative position from the end, SQL does not. */
final class TextParity {
  /** Of a text that is padded. */
  private static final int LONGEST = 1_000;

  private final RexBuilder rex;

  TextParity(RexBuilder rex) {
    this.rex = rex;
  }

  /** A start before the first character takes from the length. */
  RexNode substring(RexCall call) {
    RexNode start = call.getOperands().get(1);
    if (isAtLeast(start, 1)) {
      return call;
    }
    List<RexNode> operands = new ArrayList<>();
    operands.add(call.getOperands().get(0));
    operands.add(atLeast(start, 1));
    if (call.getOperands().size() == 3) {
      RexNode before = rex.makeCall(SqlStdOperatorTable.MINUS, start, atLeast(start, 1));
      operands.add(
          atLeast(rex.makeCall(SqlStdOperatorTable.PLUS, call.getOperands().get(2), before), 0));
    }
    return rex.makeCall(call.getType(), Operators.SUBSTRING, operands);
  }

  /** LEFT and RIGHT of less than nothing are empty. */
  RexNode side(RexCall call) {
    RexNode length = call.getOperands().get(1);
    if (isAtLeast(length, 0)) {
      return call;
    }
    return rex.makeCall(
        call.getType(), call.getOperator(), List.of(call.getOperands().get(0), atLeast(length, 0)));
  }

  /**
   * LPAD and RPAD to a constant length, with a text of at least one character.
   *
   * @throws Failure KD413 for a length that is computed or too large
   */
  RexNode padded(RexCall call) {
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    String name = call.getOperator().getName();
    if (!(operands.get(1) instanceof RexLiteral length)
        || !(length.getValue() instanceof BigDecimal number)
        || number.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
      throw Failure.of(Code.TOO_LARGE, name, operands.get(1), LONGEST);
    }
    if (operands.size() == 2) {
      operands.add(rex.makeLiteral(" "));
    }
    if (!(operands.get(2) instanceof RexLiteral by)
        || by.isNull()
        || by.getValueAs(String.class).isEmpty()) {
      throw Failure.of(Code.OTHER_WAY, name, name + "(x, 5, '0')");
    }
    return rex.makeCall(call.getType(), call.getOperator(), operands);
  }

  /** The engine takes a text apart by characters where the separator is empty; SQL does not. */
  RexNode split(RexCall call) {
    if (call.getOperands().get(1) instanceof RexLiteral by
        && !by.isNull()
        && !by.getValueAs(String.class).isEmpty()) {
      return call;
    }
    throw Failure.of(Code.OTHER_WAY, "SPLIT_PART", "SPLIT_PART(x, '-', 1)");
  }

  private static boolean isAtLeast(RexNode node, long least) {
    return node instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.compareTo(BigDecimal.valueOf(least)) >= 0;
  }

  /** The engine's own greatest leaves nulls out; null must stay null. */
  private RexNode atLeast(RexNode node, long least) {
    RexNode bound = rex.makeExactLiteral(BigDecimal.valueOf(least));
    return rex.makeCall(
        node.getType(),
        SqlStdOperatorTable.CASE,
        List.of(rex.makeCall(SqlStdOperatorTable.LESS_THAN, node, bound), bound, node));
  }
}
