package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Comparisons that would let rows of several gemeenten belong together and that {@link OwnGemeente}
 * has no way to keep apart: with the rows of a recursion, or with the one value of a sub-query.
 * They are refused, unless the gemeenten are compared beside them.
 */
final class AcrossGemeenten {
  private AcrossGemeenten() {}

  /**
   * @param conditions of a join or a filter over these rows, all of which must hold
   * @throws Failure KD451 naming the column
   */
  static void check(List<RexNode> conditions, RelNode rows) {
    if (comparesGemeenten(conditions, rows)) {
      return;
    }
    for (RexNode condition : conditions) {
      if (condition.getKind() == SqlKind.EQUALS) {
        RexNode one = ((RexCall) condition).getOperands().get(0);
        RexNode other = ((RexCall) condition).getOperands().get(1);
        check(one, other, rows);
        check(other, one, rows);
      }
    }
  }

  static Failure refused(Origin column) {
    return Failure.of(Code.ACROSS_GEMEENTEN, column.name());
  }

  /** Whether the gemeente of some rows is compared with anything. */
  static boolean comparesGemeenten(List<RexNode> conditions, RelNode rows) {
    return conditions.stream()
        .filter(condition -> condition.getKind() == SqlKind.EQUALS)
        .flatMap(condition -> ((RexCall) condition).getOperands().stream())
        .filter(RexInputRef.class::isInstance)
        .map(operand -> Origin.of(rows, ((RexInputRef) operand).getIndex()))
        .anyMatch(origin -> origin.isPresent() && origin.get().name().equals(Table.GEMEENTE));
  }

  private static void check(RexNode one, RexNode other, RelNode rows) {
    if (!(one instanceof RexInputRef ref)) {
      return;
    }
    Optional<Origin> number = Origin.of(rows, ref.getIndex()).filter(Numbers::isNumber);
    if (number.isEmpty()) {
      return;
    }
    boolean recursion = other instanceof RexInputRef found && ofRecursion(rows, found.getIndex());
    boolean value =
        other instanceof RexSubQuery query
            && query.getKind() == SqlKind.SCALAR_QUERY
            && Origin.of(query.rel, 0)
                .filter(origin -> Numbers.belong(number.get(), origin))
                .isPresent();
    if (recursion || value) {
      throw refused(number.get());
    }
  }

  /** Whether a field holds what a recursion found. */
  static boolean ofRecursion(RelNode node, int field) {
    if (node instanceof RepeatUnion) {
      return true;
    }
    if (node instanceof TableScan scan) {
      return scan.getTable().unwrap(RecursiveTable.class) != null;
    }
    if (node instanceof Project project) {
      RexNode value = project.getProjects().get(field);
      while (value instanceof RexCall call
          && (call.getOperator() == Operators.SAME || call.getKind() == SqlKind.CAST)) {
        value = call.getOperands().get(0);
      }
      return value instanceof RexInputRef ref && ofRecursion(project.getInput(), ref.getIndex());
    }
    if (node instanceof Filter || node instanceof Sort) {
      return ofRecursion(node.getInput(0), field);
    }
    if (node instanceof Aggregate aggregate) {
      return field < aggregate.getGroupCount()
          && ofRecursion(aggregate.getInput(), aggregate.getGroupSet().nth(field));
    }
    if (node instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      return field < width
          ? ofRecursion(join.getLeft(), field)
          : ofRecursion(join.getRight(), field - width);
    }
    return false;
  }
}
