package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Expands as trees: the related rows of outer rows, joined to these and sorted so that both streams
 * can be read side by side.
 */
final class ExpandPlanner {
  private static final String ORDINAL = "_volgnummer";
  private static final String KEY = "_sleutel";

  private final Snapshot snapshot;
  private final RelBuilder builder;

  ExpandPlanner(Snapshot snapshot, RelBuilder builder) {
    this.snapshot = snapshot;
    this.builder = builder;
  }

  /** The columns of outer rows: ordinal, then what they are joined on. */
  static List<String> outerNames(int keys) {
    List<String> names = new ArrayList<>(List.of(ORDINAL));
    for (int i = 0; i < keys; i++) {
      names.add(KEY + i);
    }
    return names;
  }

  /**
   * The related rows of outer rows.
   *
   * @param outer the outer rows: ordinal, then the join columns
   */
  PlanTree plan(RelNode outer, Table from, Expand expand) {
    Join join = RowScope.navigation(snapshot, from, expand.navigation());
    boolean toChildren =
        join.parent().equals(from.name()) && join.toChildren().equals(expand.navigation());
    Table table = RowScope.table(snapshot, toChildren ? join.child() : join.parent());
    List<String> keys = RowScope.joinColumns(snapshot, join, table);
    RowsQuestion question = expand.rows();
    Optional<Plan> counts =
        expand.count() ? Optional.of(counts(outer, table, keys, question)) : Optional.empty();

    int width = question.columns().size();
    boolean nested = !question.expands().isEmpty();
    RelNode related = related(outer, table, keys, question);
    builder.push(related);
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    List<String> names = new ArrayList<>(question.columns());
    nodes.add(builder.field(RelatedRows.PARENT));
    names.add(RelatedRows.PARENT);
    List<RexNode> order = relatedOrder(question);
    if (nested) {
      nodes.add(Orders.rowNumber(builder, List.of(), order));
      names.add(ORDINAL);
    }
    nodes.addAll(relatedValues(question));
    for (int i = names.size(); i < nodes.size(); i++) {
      names.add("_orde" + i);
    }
    builder.project(nodes, names, true);
    int criteria = names.size() - order.size();
    builder.sort(directed(builder.fields().subList(criteria, names.size()), question));
    Plan plan = QuestionPlanner.plan(builder.build(), width + (nested ? 2 : 1));

    List<PlanTree> expands = new ArrayList<>();
    for (Expand inner : question.expands()) {
      expands.add(plan(innerOuter(outer, table, keys, question, inner), table, inner));
    }
    return new PlanTree(
        plan,
        OptionalInt.empty(),
        nested ? OptionalInt.of(width + 1) : OptionalInt.empty(),
        OptionalInt.of(width),
        counts,
        expands);
  }

  /** Outer ordinal, then the expand's own order, then the position. */
  private List<RexNode> relatedOrder(RowsQuestion question) {
    return directed(relatedValues(question), question);
  }

  private List<RexNode> relatedValues(RowsQuestion question) {
    List<RexNode> values = new ArrayList<>();
    values.add(builder.field(RelatedRows.PARENT));
    for (int i = 0; i < RelatedRows.order(question).size(); i++) {
      values.add(builder.field(RelatedRows.CRITERION + i));
    }
    values.add(builder.field(RelatedRows.POSITION));
    return values;
  }

  /** The values of {@link #relatedValues} with their directions. */
  private List<RexNode> directed(List<RexNode> values, RowsQuestion question) {
    List<Order> own = RelatedRows.order(question);
    List<RexNode> order = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      order.add(
          i > 0 && i <= own.size()
              ? Orders.directed(builder, values.get(i), own.get(i - 1))
              : builder.nullsFirst(values.get(i)));
    }
    return order;
  }

  /** What the expands inside this one hang on. */
  private RelNode innerOuter(
      RelNode outer, Table table, List<String> keys, RowsQuestion question, Expand inner) {
    List<String> innerKeys = RowScope.joinColumns(snapshot, table, inner.navigation());
    RowsQuestion narrow =
        new RowsQuestion(
            question.table(),
            innerKeys,
            List.of(),
            question.filter(),
            question.steps(),
            question.order(),
            question.skip(),
            question.top(),
            OptionalLong.empty(),
            List.of());
    builder.push(related(outer, table, keys, narrow));
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, innerKeys.size()));
    nodes.add(0, Orders.rowNumber(builder, List.of(), relatedOrder(narrow)));
    builder.project(nodes, outerNames(innerKeys.size()), true);
    return builder.build();
  }

  /** Columns of the question, criteria, position and outer ordinal; skip and top per outer row. */
  private RelNode related(RelNode outer, Table table, List<String> keys, RowsQuestion question) {
    new RelatedRows(snapshot, builder, table, keys).join(outer, question);
    if (question.skip() == 0 && question.top().isEmpty()) {
      return builder.build();
    }
    List<RexNode> nodes = new ArrayList<>(builder.fields());
    List<String> names = new ArrayList<>(builder.peek().getRowType().getFieldNames());
    List<RexNode> order = relatedOrder(question);
    nodes.add(
        Orders.rowNumber(
            builder, List.of(builder.field(RelatedRows.PARENT)), order.subList(1, order.size())));
    names.add("_rang");
    builder.project(nodes, names, true);
    RexNode rank = builder.field("_rang");
    List<RexNode> window = new ArrayList<>();
    window.add(call(SqlStdOperatorTable.GREATER_THAN, rank, question.skip()));
    question
        .top()
        .ifPresent(
            top ->
                window.add(
                    call(
                        SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                        rank,
                        Math.addExact(question.skip(), top))));
    builder.filter(window);
    return builder.build();
  }

  private RexNode call(SqlOperator operator, RexNode node, long number) {
    return builder.call(operator, node, builder.literal(number));
  }

  private Plan counts(RelNode outer, Table table, List<String> keys, RowsQuestion question) {
    RowsQuestion bare =
        new RowsQuestion(
            question.table(),
            List.of(),
            List.of(),
            question.filter(),
            question.steps(),
            List.of(),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of());
    new RelatedRows(snapshot, builder, table, keys).join(outer, bare);
    builder.aggregate(
        builder.groupKey(builder.field(RelatedRows.PARENT)), builder.countStar("aantal"));
    builder.sort(builder.field(0));
    return QuestionPlanner.plan(builder.build(), 2);
  }
}
