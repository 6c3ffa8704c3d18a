package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Aggregation;
import nl.ketendata.server.question.Step.Method;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * The rows of an expand joined to the outer rows that they belong to: their columns, the criteria
 * of their order, their position, and the ordinal of the outer row.
 */
final class RelatedRows {
  static final String POSITION = "_positie";
  static final String PARENT = "_ouder";
  static final String CRITERION = "_orde";

  private final Snapshot snapshot;
  private final RelBuilder builder;
  private final Table table;
  private final List<String> keys;

  /**
   * @param keys the columns that the rows are joined on
   */
  RelatedRows(Snapshot snapshot, RelBuilder builder, Table table, List<String> keys) {
    this.snapshot = snapshot;
    this.builder = builder;
    this.table = table;
    this.keys = keys;
  }

  /** The criteria that stand in the rows. Steps leave rows in their order: it is the position. */
  static List<Order> order(RowsQuestion question) {
    return question.steps().isEmpty() ? question.order() : List.of();
  }

  /**
   * Leaves the joined rows on the builder.
   *
   * @param outer the outer rows: ordinal, then the join columns
   */
  void join(RelNode outer, RowsQuestion question) {
    boolean stepped = !question.steps().isEmpty();
    List<String> names = stepped ? stepped(question) : filtered(question);
    int on = names.size() - keys.size();
    builder.push(outer);
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS, builder.field(2, 0, on + i), builder.field(2, 1, 1 + i)));
    }
    List<Aggregation> values = values(question.steps());
    builder.join(values.isEmpty() ? JoinRelType.INNER : JoinRelType.RIGHT, conditions);
    List<RexNode> kept = new ArrayList<>();
    for (int i = 0; i < on; i++) {
      kept.add(counts(values, names.get(i)) ? orZero(builder.field(i)) : builder.field(i));
    }
    kept.add(builder.field(names.size()));
    List<String> keptNames = new ArrayList<>(names.subList(0, on));
    keptNames.add(PARENT);
    builder.project(kept, keptNames, true);
  }

  private List<String> filtered(RowsQuestion question) {
    FilteredRows rows =
        FilteredRows.of(
            builder,
            snapshot,
            table,
            question.filter(),
            QuestionPlanner.expressions(question),
            OptionalLong.empty());
    List<RexNode> nodes = new ArrayList<>();
    for (String column : question.columns()) {
      nodes.add(rows.value(question.value(column)));
    }
    question.order().forEach(each -> nodes.add(rows.value(each.by())));
    nodes.add(rows.position());
    keys.forEach(key -> nodes.add(rows.field(key)));
    List<String> names = names(question);
    rows.project(nodes, names);
    return names;
  }

  /** The rows of each outer row go through the steps apart: they are grouped by what joins them. */
  private List<String> stepped(RowsQuestion question) {
    List<ColumnOf> columns =
        keys.stream().map(key -> new ColumnOf(Expression.IT, List.of(), key)).toList();
    Rows rows =
        new Pipeline(snapshot, builder)
            .run(
                table,
                question.filter(),
                List.of(new Step.GroupBy(List.of(columns), question.steps())));
    builder.push(rows.rel());
    List<Order> by = question.order().isEmpty() ? rows.order() : question.order();
    List<RexNode> order = Pipeline.directed(builder, Pipeline.totalled(builder, rows, by), by);
    List<RexNode> nodes = new ArrayList<>();
    question.columns().forEach(path -> nodes.add(builder.field(rows.fields().get(path).index())));
    nodes.add(Orders.rowNumber(builder, List.of(), order));
    keys.forEach(key -> nodes.add(builder.field(rows.field(List.of(), key))));
    List<String> names = names(question);
    builder.project(nodes, names, true);
    return names;
  }

  private List<String> names(RowsQuestion question) {
    List<String> names = new ArrayList<>(question.columns());
    for (int i = 0; i < order(question).size(); i++) {
      names.add(CRITERION + i);
    }
    names.add(POSITION);
    for (int i = 0; i < keys.size(); i++) {
      names.add("_kind" + i);
    }
    return names;
  }

  /**
   * What is aggregated last. Where nothing is related there is still a result: no rows have a
   * number, and a sum that is null.
   */
  private static List<Aggregation> values(List<Step> steps) {
    Optional<Step> last =
        steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    return last.filter(Step.Aggregate.class::isInstance)
        .map(step -> ((Step.Aggregate) step).values())
        .orElse(List.of());
  }

  private static boolean counts(List<Aggregation> values, String name) {
    return values.stream()
        .filter(value -> value.alias().equals(name))
        .anyMatch(
            value -> value.method() == Method.COUNT || value.method() == Method.COUNT_DISTINCT);
  }

  private RexNode orZero(RexNode value) {
    return builder.call(SqlStdOperatorTable.COALESCE, value, builder.literal(0L));
  }
}
