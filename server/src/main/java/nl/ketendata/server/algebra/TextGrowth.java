package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * How long texts can become. One call that makes a text of a billion characters cannot be stopped
 * by time or memory, so what could come to that is refused before it runs: a text is taken to be as
 * long as texts in the data are, and each function to make it as long as it can.
 */
final class TextGrowth {
  static final long LONGEST = 1_000_000;

  /** Of a column, which is shorter in practice. */
  private static final long COLUMN = 1_000;

  /** Of a text that comes from another step or row, and of one that is made of many rows. */
  private static final long OTHER = 10_000;

  private TextGrowth() {}

  /**
   * @throws Failure KD413 for a text that could become too long
   */
  static void check(RelNode tree) {
    lengths(tree);
  }

  /** One per column. */
  private static List<Long> lengths(RelNode node) {
    List<List<Long>> inputs = node.getInputs().stream().map(TextGrowth::lengths).toList();
    if (node instanceof TableScan) {
      boolean repeated = node.getTable().unwrap(MountedTable.class) == null;
      return all(node, repeated ? OTHER : COLUMN);
    }
    List<Long> below = new ArrayList<>();
    inputs.forEach(below::addAll);
    if (node instanceof Project project) {
      return project.getProjects().stream().map(value -> length(value, below)).toList();
    }
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            length(call, below);
            return call;
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            length(query, below);
            return query;
          }
        });
    if (node instanceof Aggregate aggregate) {
      return aggregated(aggregate, below);
    }
    if (node instanceof Values) {
      return all(node, OTHER);
    }
    boolean joined = node instanceof Join || node instanceof Correlate;
    return joined ? below : inputs.stream().reduce(TextGrowth::longest).orElse(all(node, OTHER));
  }

  private static List<Long> all(RelNode node, long length) {
    return node.getRowType().getFieldList().stream().map(field -> length).toList();
  }

  private static List<Long> longest(List<Long> one, List<Long> other) {
    List<Long> longest = new ArrayList<>();
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      longest.add(Math.max(one.get(i), other.get(i)));
    }
    return longest;
  }

  private static List<Long> aggregated(Aggregate aggregate, List<Long> below) {
    List<Long> lengths = new ArrayList<>();
    aggregate.getGroupSet().forEach(key -> lengths.add(below.get(key)));
    for (AggregateCall call : aggregate.getAggCallList()) {
      boolean list = call.getAggregation().getKind() == SqlKind.LISTAGG;
      boolean none = list || call.getArgList().isEmpty();
      lengths.add(none ? OTHER : below.get(call.getArgList().get(0)));
    }
    return lengths;
  }

  private static long length(RexNode node, List<Long> below) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex() < below.size() ? below.get(ref.getIndex()) : OTHER;
    }
    if (node instanceof RexLiteral literal) {
      boolean text = SqlTypeUtil.inCharFamily(literal.getType()) && !literal.isNull();
      return text ? literal.getValueAs(String.class).length() : 1;
    }
    if (node instanceof RexSubQuery query) {
      query.getOperands().forEach(operand -> length(operand, below));
      return lengths(query.rel).get(0);
    }
    if (!(node instanceof RexCall call)) {
      return OTHER;
    }
    List<Long> of = call.getOperands().stream().map(operand -> length(operand, below)).toList();
    long length = made(call, of);
    if (length > LONGEST && SqlTypeUtil.inCharFamily(call.getType())) {
      throw Failure.of(Code.TOO_LARGE, call.getOperator().getName(), "> " + LONGEST, LONGEST);
    }
    return length;
  }

  /** Of what a call makes of texts of these lengths. */
  private static long made(RexCall call, List<Long> of) {
    // Functions of the engine have small names, those of Calcite large ones.
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "REPLACE" -> of.get(0) * Math.max(1, of.get(2) / shortest(call, of.get(1)));
      case "REGEXP_REPLACE" -> (of.get(0) + 1) * Math.max(1, of.get(2));
      case "||", "CONCAT_WS", "OVERLAY" ->
          of.stream().mapToLong(Long::longValue).sum()
              + (name.equals("CONCAT_WS") ? of.get(0) * of.size() : 0);
      case "LPAD", "RPAD" -> COLUMN;
      default -> of.stream().mapToLong(Long::longValue).max().orElse(1);
    };
  }

  /** What is replaced may be one character, unless it is written out. */
  private static long shortest(RexCall call, long length) {
    return call.getOperands().get(1) instanceof RexLiteral ? Math.max(1, length) : 1;
  }
}
