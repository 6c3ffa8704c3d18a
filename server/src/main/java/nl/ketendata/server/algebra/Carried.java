package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A part of a tree that shows of which gemeente its rows are.
 *
 * @param rel has the fields that the part had, and at most one behind them
 * @param gemeente which of its fields that is
 */
record Carried(RelNode rel, int gemeente) {
  private static final String NAME = "_gemeente";

  /**
   * Makes a part show the gemeente of the rows that a field of it comes from, also where the
   * question did not ask for it: totals are then made for each gemeente.
   */
  static Optional<Carried> of(RelNode rel, int field) {
    Optional<Origin> origin = Origin.of(rel, field);
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> shown = origin.get().gemeente(rel);
    if (shown.isPresent()) {
      return Optional.of(new Carried(rel, shown.get()));
    }
    if (!rel.getVariablesSet().isEmpty()) {
      return Optional.empty();
    }
    if (rel instanceof Project project) {
      int below = ((RexInputRef) project.getProjects().get(field)).getIndex();
      return of(project.getInput(), below).map(input -> project(project, input));
    }
    if (rel instanceof Filter filter) {
      return of(filter.getInput(), field)
          .map(
              input ->
                  new Carried(
                      filter.copy(filter.getTraitSet(), input.rel, filter.getCondition()),
                      input.gemeente));
    }
    if (rel instanceof Sort sort) {
      return of(sort.getInput(), field)
          .map(
              input ->
                  new Carried(sort.copy(sort.getTraitSet(), List.of(input.rel)), input.gemeente));
    }
    if (rel instanceof SetOp set) {
      return branches(set, field);
    }
    if (rel instanceof Aggregate aggregate && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return of(aggregate.getInput(), aggregate.getGroupSet().nth(field))
          .map(input -> grouped(aggregate, input));
    }
    return Optional.empty();
  }

  /** Rows of different gemeenten are different rows, also for UNION, INTERSECT and EXCEPT. */
  private static Optional<Carried> branches(SetOp set, int field) {
    List<RelNode> wider = new ArrayList<>();
    for (RelNode input : set.getInputs()) {
      Optional<Carried> carried = of(input, field);
      if (carried.isEmpty()) {
        return Optional.empty();
      }
      wider.add(behind(carried.get(), input));
    }
    return Optional.of(
        new Carried(set.copy(set.getTraitSet(), wider), set.getRowType().getFieldCount()));
  }

  /** The fields that there were, and the gemeente behind them, wherever it stood. */
  private static RelNode behind(Carried carried, RelNode like) {
    RexBuilder rex = like.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < like.getRowType().getFieldCount(); i++) {
      fields.add(rex.makeInputRef(carried.rel, i));
    }
    List<String> names = new ArrayList<>(like.getRowType().getFieldNames());
    fields.add(rex.makeInputRef(carried.rel, carried.gemeente));
    names.add(NAME);
    return LogicalProject.create(carried.rel, List.of(), fields, names, Set.of());
  }

  private static Carried project(Project project, Carried input) {
    RexBuilder rex = project.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>(project.getProjects());
    List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
    fields.add(rex.makeInputRef(input.rel, input.gemeente));
    names.add(NAME);
    RelNode wider = LogicalProject.create(input.rel, project.getHints(), fields, names, Set.of());
    return new Carried(wider, fields.size() - 1);
  }

  /** The gemeente comes among the keys; a projection puts it behind all that was there. */
  private static Carried grouped(Aggregate aggregate, Carried input) {
    ImmutableBitSet keys = aggregate.getGroupSet().set(input.gemeente);
    RelNode finer =
        LogicalAggregate.create(
            input.rel, aggregate.getHints(), keys, null, aggregate.getAggCallList());
    RexBuilder rex = aggregate.getCluster().getRexBuilder();
    List<RexNode> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      fields.add(rex.makeInputRef(finer, keys.indexOf(key)));
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      fields.add(rex.makeInputRef(finer, keys.cardinality() + i));
    }
    List<String> names = new ArrayList<>(aggregate.getRowType().getFieldNames());
    fields.add(rex.makeInputRef(finer, keys.indexOf(input.gemeente)));
    names.add(NAME);
    RelNode shown = LogicalProject.create(finer, List.of(), fields, names, Set.of());
    return new Carried(shown, fields.size() - 1);
  }
}
