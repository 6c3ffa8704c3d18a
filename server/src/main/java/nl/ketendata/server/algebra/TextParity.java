package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Parts of texts: the engine counts a negative position from the end, SQL does not. */
final class TextParity {
  private static final Pattern BEYOND = Pattern.compile("\\(\\?[=!<>]|\\\\[1-9kGZ]|[*+?}]\\+|&&");

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
   * The engine's patterns always end soon, so they have no looking around and no referring back.
   *
   * @throws Failure KD405 for those and for a pattern that is computed, KD406 for one that is none
   */
  RexNode matches(RexCall call) {
    RexNode pattern = call.getOperands().get(1);
    if (!(pattern instanceof RexLiteral literal)) {
      throw Failure.of(Code.NOT_SUPPORTED, "~ (kolom als patroon)");
    }
    String text = literal.isNull() ? "" : literal.getValueAs(String.class);
    if (BEYOND.matcher(text).find()) {
      throw Failure.of(Code.NOT_SUPPORTED, "~ '" + text + "'");
    }
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw Failure.of(Code.INVALID_QUESTION, "~ '" + text + "'").causedBy(e);
    }
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    String name = call.getOperator().getName();
    if (name.endsWith("INSENSITIVE")) {
      operands.add(rex.makeLiteral("i"));
    }
    RexNode matches = rex.makeCall(call.getType(), Operators.REGEXP_MATCHES, operands);
    return name.startsWith("NEGATED") ? rex.makeCall(SqlStdOperatorTable.NOT, matches) : matches;
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
