package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Table;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;

/** A column of one scan. */
record Origin(TableScan scan, int column) {

  /** The column of a scan that a field is a copy of. */
  static Optional<Origin> of(RelNode node, int field) {
    if (node instanceof TableScan scan) {
      return Optional.of(new Origin(scan, field));
    }
    if (node instanceof Project project) {
      return project.getProjects().get(field) instanceof RexInputRef ref
          ? of(project.getInput(), ref.getIndex())
          : Optional.empty();
    }
    if (node instanceof Filter || node instanceof Sort) {
      return of(node.getInput(0), field);
    }
    if (node instanceof Aggregate aggregate) {
      return field < aggregate.getGroupCount()
          ? of(aggregate.getInput(), aggregate.getGroupSet().nth(field))
          : Optional.empty();
    }
    if (node instanceof SetOp set) {
      return common(set, field);
    }
    if (node instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      return field < width ? of(join.getLeft(), field) : of(join.getRight(), field - width);
    }
    return Optional.empty();
  }

  /** That of the first branch, when each of them has a column there of which the same holds. */
  private static Optional<Origin> common(SetOp set, int field) {
    List<Origin> origins =
        set.getInputs().stream().flatMap(input -> of(input, field).stream()).toList();
    boolean all = origins.size() == set.getInputs().size();
    long gemeenten =
        origins.stream().filter(origin -> origin.name().equals(Table.GEMEENTE)).count();
    return all && (gemeenten == 0 || gemeenten == origins.size())
        ? Optional.of(origins.get(0))
        : Optional.empty();
  }

  String name() {
    return scan.getRowType().getFieldNames().get(column);
  }

  /** Where a node has the gemeente of the rows that this is a column of. */
  Optional<Integer> gemeente(RelNode node) {
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      Optional<Origin> origin = of(node, i);
      if (origin.isPresent()
          && origin.get().scan == scan
          && origin.get().name().equals(Table.GEMEENTE)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
