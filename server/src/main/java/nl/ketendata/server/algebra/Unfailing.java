package nl.ketendata.server.algebra;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/**
 * Expressions over single rows that cannot fail: what would end the question becomes null. A reader
 * of totals would else learn of one row whether a value in it can be cast, or multiplied, from
 * whether there is an answer at all. The type is told as it was, since totals and recursions are
 * typed by it.
 */
final class Unfailing extends RexShuttle {
  /** Never fail, whatever the values; what is in them is looked at by itself. */
  private static final Set<SqlKind> SAFE =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.CASE,
          SqlKind.COALESCE,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.EXISTS,
          SqlKind.SOME,
          SqlKind.SCALAR_QUERY);

  private final RexBuilder rex;

  Unfailing(RexBuilder rex) {
    this.rex = rex;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (SAFE.contains(call.getKind())) {
      return super.visitCall(call);
    }
    if (!looksAtRows(call)) {
      return call;
    }
    if (RexUtil.SubQueryFinder.find(call) != null) {
      throw Failure.of(Code.OTHER_WAY, call.getOperator().getName() + " (SELECT …)", "WITH, JOIN");
    }
    return rex.makeCall(call.getType(), Operators.TRY, List.of(call));
  }

  /** Whether an expression in a sub-query is one over the row that the sub-query stands in. */
  static boolean looksAtRowAround(RexNode node) {
    Looks looks = new Looks();
    node.accept(looks);
    return looks.around;
  }

  private static boolean looksAtRows(RexNode node) {
    Looks looks = new Looks();
    node.accept(looks);
    return looks.around || looks.here;
  }

  private static final class Looks extends RexVisitorImpl<Void> {
    private boolean here;
    private boolean around;

    Looks() {
      super(true);
    }

    @Override
    public Void visitInputRef(RexInputRef ref) {
      here = true;
      return null;
    }

    @Override
    public Void visitCorrelVariable(RexCorrelVariable variable) {
      around = true;
      return null;
    }

    @Override
    public Void visitSubQuery(RexSubQuery query) {
      here = true;
      return super.visitSubQuery(query);
    }
  }
}
