package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Table;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Keeps the gemeenten of a hoofdorganisatie apart in joins. Row keys and the numbers of the
 * standard are unique within a gemeente only, so a join that is written on one of them means the
 * rows of one gemeente; it is made to say so. A join on anything else, such as a product code, is
 * left as it is.
 */
final class OwnGemeente extends RelHomogeneousShuttle {
  /** Last part of the names of numbers that somebody gives out within a gemeente. */
  private static final Set<String> NUMBERS =
      Set.of(
          "ToewijzingNummer",
          "ReferentieAanbieder",
          "BeschikkingNummer",
          "DeclaratieNummer",
          "ReferentieNummer",
          "VorigReferentieNummer",
          "Identificatie");

  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(visited.rel.accept(OwnGemeente.this));
        }
      };

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other).accept(subQueries);
    return visited instanceof Join join ? apart(join) : visited;
  }

  private static RelNode apart(Join join) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    int width = join.getLeft().getRowType().getFieldCount();
    List<RexNode> conditions = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
    for (RexNode condition : List.copyOf(conditions)) {
      gemeenten(join, condition, width)
          .map(
              pair ->
                  rex.makeCall(
                      SqlStdOperatorTable.EQUALS,
                      rex.makeInputRef(join.getLeft(), pair.left),
                      new RexInputRef(
                          width + pair.right,
                          join.getRight().getRowType().getFieldList().get(pair.right).getType())))
          .filter(extra -> !conditions.contains(extra))
          .ifPresent(conditions::add);
    }
    return LogicalJoin.create(
        join.getLeft(),
        join.getRight(),
        join.getHints(),
        RexUtil.composeConjunction(rex, conditions),
        join.getVariablesSet(),
        join.getJoinType());
  }

  private record Pair(int left, int right) {}

  /** Where both sides have the gemeente of the rows that an equality of two keys is about. */
  private static Optional<Pair> gemeenten(Join join, RexNode condition, int width) {
    if (condition.getKind() != SqlKind.EQUALS
        || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef one)
        || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef other)) {
      return Optional.empty();
    }
    int left = Math.min(one.getIndex(), other.getIndex());
    int right = Math.max(one.getIndex(), other.getIndex()) - width;
    if (left >= width || right < 0) {
      return Optional.empty();
    }
    Optional<Origin> from = origin(join.getLeft(), left);
    Optional<Origin> to = origin(join.getRight(), right);
    if (from.isEmpty() || to.isEmpty() || !belong(from.get(), to.get())) {
      return Optional.empty();
    }
    Optional<Integer> mine = gemeente(join.getLeft(), from.get().scan);
    Optional<Integer> theirs = gemeente(join.getRight(), to.get().scan);
    return mine.isEmpty() || theirs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Pair(mine.get(), theirs.get()));
  }

  /** Each gemeente has code lists of its own too, though they are all the same. */
  private static boolean belong(Origin one, Origin other) {
    return isNumber(one) && isNumber(other) || isCode(one) || isCode(other);
  }

  private static boolean isCode(Origin origin) {
    MountedTable mounted = origin.scan.getTable().unwrap(MountedTable.class);
    return mounted != null
        && mounted.snapshot().versions().size() > 1
        && CodeTables.list(mounted.table(), mounted.snapshot().codes()).isPresent();
  }

  private static boolean isNumber(Origin origin) {
    MountedTable mounted = origin.scan.getTable().unwrap(MountedTable.class);
    if (mounted == null || mounted.snapshot().versions().size() == 1) {
      return false;
    }
    String name = origin.name();
    return name.equals(mounted.table().key())
        || mounted.snapshot().joins().stream()
            .anyMatch(join -> !join.isToCodes() && join.column().equals(name))
        || NUMBERS.contains(name.substring(name.lastIndexOf('_') + 1));
  }

  private static Optional<Integer> gemeente(RelNode side, TableScan scan) {
    for (int i = 0; i < side.getRowType().getFieldCount(); i++) {
      Optional<Origin> origin = origin(side, i);
      if (origin.isPresent()
          && origin.get().scan == scan
          && origin.get().name().equals(Table.GEMEENTE)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** A column of one scan. */
  private record Origin(TableScan scan, int column) {
    String name() {
      return scan.getRowType().getFieldNames().get(column);
    }
  }

  /** The column of a scan that a field is a copy of. */
  private static Optional<Origin> origin(RelNode node, int field) {
    if (node instanceof TableScan scan) {
      return Optional.of(new Origin(scan, field));
    }
    if (node instanceof Project project) {
      return project.getProjects().get(field) instanceof RexInputRef ref
          ? origin(project.getInput(), ref.getIndex())
          : Optional.empty();
    }
    if (node instanceof Filter || node instanceof Sort) {
      return origin(node.getInput(0), field);
    }
    if (node instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      return field < width ? origin(join.getLeft(), field) : origin(join.getRight(), field - width);
    }
    return Optional.empty();
  }
}
