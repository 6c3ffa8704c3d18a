package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Gives an answer the types that were told before it ran: what is computed is cast, since the
 * engine's own type often differs (a length is a BIGINT there, a sum a HUGEINT). Casts to a type
 * that a value already has cost nothing.
 */
final class OutputTypes {
  private OutputTypes() {}

  /** The tree with its computed columns cast to these types. */
  static RelNode of(RelNode tree, RelDataType types) {
    if (tree instanceof Sort sort) {
      return sort.copy(sort.getTraitSet(), of(sort.getInput(), types), sort.getCollation());
    }
    return tree instanceof Project project
        ? cast(project.getInput(), project.getProjects(), types, project.getVariablesSet())
        : cast(
            tree,
            tree.getCluster().getRexBuilder().identityProjects(tree.getRowType()),
            types,
            Set.of());
  }

  private static RelNode cast(
      RelNode input, List<RexNode> values, RelDataType types, Set<CorrelationId> variables) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> casts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      RexNode value = values.get(i);
      RelDataType type = Types.shown(types.getFieldList().get(i).getType(), rex.getTypeFactory());
      casts.add(
          isTyped(value, type) || stored(input, value)
              ? value
              : rex.makeAbstractCast(type, value, false));
    }
    return LogicalProject.create(input, List.of(), casts, types.getFieldNames(), variables);
  }

  private static boolean isTyped(RexNode value, RelDataType type) {
    return value.getKind() == SqlKind.CAST && value.getType().equals(type);
  }

  /** Whether a value is a column of a table, unchanged. */
  private static boolean stored(RelNode input, RexNode value) {
    if (!(value instanceof RexInputRef ref)) {
      return false;
    }
    int index = ref.getIndex();
    if (input instanceof TableScan) {
      return true;
    }
    if (input instanceof Project project) {
      return stored(project.getInput(), project.getProjects().get(index));
    }
    if (input instanceof Filter || input instanceof Sort) {
      return stored(input.getInput(0), value);
    }
    if (input instanceof Aggregate aggregate) {
      return index < aggregate.getGroupCount()
          && stored(aggregate.getInput(), field(aggregate.getGroupSet().nth(index), value));
    }
    if (input instanceof Join || input instanceof Correlate) {
      int left = input.getInput(0).getRowType().getFieldCount();
      return index < left
          ? stored(input.getInput(0), value)
          : stored(input.getInput(1), field(index - left, value));
    }
    return input instanceof Union
        && input.getInputs().stream().allMatch(each -> stored(each, value));
  }

  private static RexInputRef field(int index, RexNode like) {
    return new RexInputRef(index, like.getType());
  }
}
