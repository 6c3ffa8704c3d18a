package nl.ketendata.server.algebra;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes the store compute what Calcite's semantics say, where the two differ: whole division, casts
 * that truncate, cut or print, positions before the text, dates that stay dates.
 */
final class Parity extends RelHomogeneousShuttle {
  private final RexBuilder rex;
  private final CastParity casts;
  private final MomentParity moments;
  private final TextParity texts;
  private final PatternParity patterns;
  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(visited.rel.accept(Parity.this));
        }

        @Override
        public RexNode visitCall(RexCall call) {
          RexNode visited = super.visitCall(call);
          return visited instanceof RexCall same ? Sizes.checked(rewrite(same)) : visited;
        }

        @Override
        public RexNode visitLiteral(RexLiteral literal) {
          return SqlTypeUtil.isInterval(literal.getType()) ? moments.interval(literal) : literal;
        }
      };

  Parity(RexBuilder rex) {
    this.rex = rex;
    this.casts = new CastParity(rex);
    this.moments = new MomentParity(rex);
    this.texts = new TextParity(rex);
    this.patterns = new PatternParity(rex);
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other).accept(expressions);
    return needsFence(visited) ? fenced(visited) : visited;
  }

  /**
   * Window functions are computed below what groups by them, and sub-queries below what sorts by
   * them: neither may stand in the GROUP BY or ORDER BY itself.
   */
  private static boolean needsFence(RelNode node) {
    if (node.getInputs().size() != 1 || !(node.getInput(0) instanceof Project project)) {
      return false;
    }
    return node instanceof Aggregate && project.containsOver()
        || node instanceof Sort && RexUtil.SubQueryFinder.containsSubQuery(project);
  }

  private static RelNode fenced(RelNode node) {
    return node.copy(node.getTraitSet(), List.of(Orders.fenced(node.getInput(0))));
  }

  private RexNode rewrite(RexCall call) {
    return switch (call.getKind()) {
      case DIVIDE -> divide(call);
      case CAST, SAFE_CAST -> casts.cast(call);
      case PLUS, MINUS -> moments.sameType(call);
      case EXTRACT -> moments.extract(call);
      case FLOOR -> moments.floor(call);
      case CEIL -> moments.ceil(call);
      default -> other(call);
    };
  }

  private RexNode other(RexCall call) {
    if (call.getOperator() == Operators.PLUS_INTERVAL) {
      return moments.sameType(call);
    }
    if (call.getOperator().getName().contains("POSIX REGEX")) {
      return patterns.matches(call);
    }
    return switch (call.getOperator().getName()) {
      case "SUBSTRING" -> texts.substring(call);
      case "LEFT", "RIGHT" -> texts.side(call);
      case "LPAD", "RPAD" -> texts.padded(call);
      case "SPLIT_PART" -> texts.split(call);
      case "SIMILAR TO", "NOT SIMILAR TO" -> patterns.similar(call);
      case "REGEXP_REPLACE" -> patterns.replaced(call);
      case "TO_CHAR", "FORMAT", "TO_DATE", "TO_TIMESTAMP" -> moments.formatted(call);
      case "MAKE_DATE" -> moments.made(call);
      default -> call;
    };
  }

  private RexNode divide(RexCall call) {
    boolean whole =
        call.getOperands().stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()));
    return whole ? rex.makeCall(call.getType(), Operators.WHOLE_DIVIDE, call.getOperands()) : call;
  }
}
