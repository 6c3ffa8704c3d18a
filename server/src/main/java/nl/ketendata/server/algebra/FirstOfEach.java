package nl.ketendata.server.algebra;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;

/**
 * The newest row of each number, as in {@code … where row_number() over (partition by n order by
 * date desc) = 1}. The engine looks for the greatest instead of sorting all, which is twice as
 * fast, but only with a single key of which nulls come last. As keys of a row they may be several,
 * and a null is the greatest: so of {@code DESC NULLS FIRST} and of {@code ASC NULLS LAST}, which
 * are what nobody has to write, the order stays the same.
 */
final class FirstOfEach extends Scans {
  private static final Set<SqlKind> FIRST =
      Set.of(SqlKind.EQUALS, SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL);

  private final RexBuilder rex;

  FirstOfEach(RexBuilder rex) {
    this.rex = rex;
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (!(visited instanceof Filter filter && filter.getInput() instanceof Project project)) {
      return visited;
    }
    return project.getVariablesSet().isEmpty()
            && filter.getCondition() instanceof RexInputRef answer
            && asksFirst(project.getProjects().get(answer.getIndex()))
        ? qualified(filter, project, answer.getIndex())
        : numbered(filter, project);
  }

  /**
   * QUALIFY comes as a condition that is a column, of which the engine does not see that it is
   * about a number. In every row that is left it is true.
   */
  private RelNode qualified(Filter filter, Project project, int column) {
    RexCall condition = (RexCall) project.getProjects().get(column);
    RexNode number = condition.getOperands().get(0);
    List<RexNode> below = new ArrayList<>(project.getProjects());
    below.set(column, number);
    RelNode numbers = with(project, project.getInput(), below);
    RexNode asked =
        condition.clone(
            condition.getType(),
            List.of(rex.makeInputRef(numbers, column), condition.getOperands().get(1)));
    RelNode first = numbered(LogicalFilter.create(numbers, asked), (Project) numbers);
    List<RexNode> above = new ArrayList<>();
    for (int i = 0; i < below.size(); i++) {
      above.add(
          i == column
              ? rex.makeLiteral(true, condition.getType(), true)
              : rex.makeInputRef(first, i));
    }
    return with(filter, first, above);
  }

  private static RelNode with(RelNode names, RelNode input, List<RexNode> columns) {
    return LogicalProject.create(
        input, List.of(), columns, names.getRowType().getFieldNames(), Set.of());
  }

  private RelNode numbered(Filter filter, Project project) {
    Set<Integer> numbers = new HashSet<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      if (isFirst(condition)
          && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef number) {
        numbers.add(number.getIndex());
      }
    }
    return numbers.stream().anyMatch(number -> isNumber(project.getProjects().get(number)))
        ? filter.copy(filter.getTraitSet(), List.of(asRows(project, numbers)))
        : filter;
  }

  private static boolean isFirst(RexNode condition) {
    return FIRST.contains(condition.getKind())
        && ((RexCall) condition).getOperands().get(1) instanceof RexLiteral;
  }

  private static boolean asksFirst(RexNode condition) {
    return isFirst(condition)
        && ((RexCall) condition).getOperands().get(0) instanceof RexOver over
        && over.getAggOperator().getKind() == SqlKind.ROW_NUMBER;
  }

  private RelNode asRows(Project project, Set<Integer> numbers) {
    List<RexNode> columns = List.copyOf(project.getProjects());
    RexNode[] same = columns.toArray(RexNode[]::new);
    for (int number : numbers) {
      if (isNumber(columns.get(number))) {
        same[number] = columns.get(number).accept(new AsRow());
      }
    }
    return LogicalProject.create(
        project.getInput(),
        List.of(),
        List.of(same),
        project.getRowType().getFieldNames(),
        project.getVariablesSet());
  }

  private static boolean isNumber(RexNode column) {
    if (!(column instanceof RexOver over)
        || over.getAggOperator().getKind() != SqlKind.ROW_NUMBER) {
      return false;
    }
    List<RexFieldCollation> keys = over.getWindow().orderKeys;
    return keys.stream().allMatch(key -> isNullGreatest(key) && alike(key, keys.get(0)))
        && (keys.size() > 1 || keys.size() == 1 && keys.get(0).getDirection().isDescending());
  }

  private static boolean isNullGreatest(RexFieldCollation key) {
    boolean first = key.getNullDirection() == NullDirection.FIRST;
    return first == key.getDirection().isDescending();
  }

  private static boolean alike(RexFieldCollation one, RexFieldCollation other) {
    return one.getDirection().isDescending() == other.getDirection().isDescending();
  }

  /** All keys of an order as one that is never null. */
  private final class AsRow extends RexShuttle {
    @Override
    public RexWindow visitWindow(RexWindow window) {
      List<RexNode> keys = window.orderKeys.stream().map(key -> key.left).toList();
      Set<SqlKind> direction =
          window.orderKeys.get(0).getDirection().isDescending()
              ? Set.of(SqlKind.DESCENDING, SqlKind.NULLS_LAST)
              : Set.of(SqlKind.NULLS_LAST);
      RexNode row = rex.makeCall(Operators.ROW, keys);
      return rex.makeWindow(
          window.partitionKeys,
          ImmutableList.of(new RexFieldCollation(row, direction)),
          window.getLowerBound(),
          window.getUpperBound(),
          window.isRows(),
          window.getExclude());
    }
  }
}
