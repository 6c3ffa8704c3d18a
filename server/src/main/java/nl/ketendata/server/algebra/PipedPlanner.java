package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Rows that went through steps, as trees: a page of them, and the rows related to it. */
final class PipedPlanner {
  private static final String ORDINAL = "_volgnummer";
  private static final String BRANCH = "_tak";

  private final Snapshot snapshot;
  private final RelBuilder builder;

  PipedPlanner(Snapshot snapshot, RelBuilder builder) {
    this.snapshot = snapshot;
    this.builder = builder;
  }

  PlanTree plan(RowsQuestion question, Table table) {
    int width = page(question, table, question.columns());
    if (question.expands().isEmpty()) {
      return new PlanTree(
          QuestionPlanner.plan(builder.build(), width),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          List.of());
    }
    numbered(width);
    Plan plan = QuestionPlanner.plan(builder.build(), width + 1);
    List<PlanTree> expands = new ArrayList<>();
    for (Expand expand : question.expands()) {
      RelNode outer = outer(question, table, expand);
      expands.add(new ExpandPlanner(snapshot, builder).plan(outer, table, expand));
    }
    return new PlanTree(
        plan,
        OptionalInt.empty(),
        OptionalInt.of(width),
        OptionalInt.empty(),
        Optional.empty(),
        expands);
  }

  /** Leaves the sorted rows of a page on the builder; how many of their columns are shown. */
  private int page(RowsQuestion question, Table table, List<String> columns) {
    Rows rows = new Pipeline(snapshot, builder).run(table, question.filter(), question.steps());
    builder.push(rows.rel());
    List<Order> by = question.order().isEmpty() ? rows.order() : question.order();
    List<RexNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String path : columns) {
      nodes.add(builder.field(rows.fields().get(path).index()));
      names.add(path);
    }
    rows.branch()
        .ifPresent(
            branch -> {
              nodes.add(builder.field(branch));
              names.add(BRANCH);
            });
    int shown = nodes.size();
    nodes.addAll(Pipeline.totalled(builder, rows, by));
    for (int i = shown; i < nodes.size(); i++) {
      names.add("_orde" + i);
    }
    builder.project(nodes, names, true);
    List<RexNode> criteria = builder.fields().subList(shown, nodes.size());
    Orders.limit(
        builder, question.skip(), question.top(), Pipeline.directed(builder, criteria, by));
    return shown;
  }

  /** Numbers the rows of a sorted page in its order, and keeps that order. */
  private void numbered(int width) {
    RelNode sorted = builder.peek();
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    nodes.add(Orders.rowNumber(builder, List.of(), Orders.of(builder, (Sort) sorted)));
    List<String> names = new ArrayList<>(sorted.getRowType().getFieldNames().subList(0, width));
    names.add(ORDINAL);
    builder.project(nodes, names, true);
    builder.sort(builder.field(width));
  }

  /** What an expand hangs on: the ordinals of the page and what the related rows are joined on. */
  private RelNode outer(RowsQuestion question, Table table, Expand expand) {
    List<String> keys = RowScope.joinColumns(snapshot, table, expand.navigation());
    page(question, table, keys);
    RexNode ordinal =
        Orders.rowNumber(builder, List.of(), Orders.of(builder, (Sort) builder.peek()));
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, keys.size()));
    nodes.add(0, ordinal);
    builder.project(nodes, ExpandPlanner.outerNames(keys.size()), true);
    return builder.build();
  }
}
