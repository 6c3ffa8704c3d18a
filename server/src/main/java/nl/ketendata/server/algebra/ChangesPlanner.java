package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.Expression;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * The difference between two versions of a question's rows, as one tree: both are filtered, each in
 * its own version, and joined on the row key. A row that both have is another row now when another
 * delivery brought it, or when one of the wanted columns holds something else: data that are made
 * anew with other aliases keep the number of their delivery. Filtering both is what makes the
 * difference right also for a condition on a parent or on children, which can change while the row
 * itself does not.
 */
final class ChangesPlanner {
  private final Snapshot before;
  private final Snapshot now;
  private final RelBuilder builder = Clusters.builder(Clusters.create());

  ChangesPlanner(Snapshot before, Snapshot now) {
    this.before = before;
    this.now = now;
  }

  /**
   * @return columns of the question, then the row key, then what became of it: 0 it is there, 1 it
   *     no longer fulfils the condition, 2 it is gone
   */
  Plan plan(ChangesQuestion question) {
    Table table = RowScope.table(now, question.table());
    List<String> keys = keys(table);
    int width = question.columns().size();
    int each = keys.size() + 1;
    side(now, question.filter(), table, question.columns(), keys);
    Table earlier = RowScope.table(before, question.table());
    List<String> both = question.columns().stream().filter(each(table, earlier)).toList();
    side(before, question.filter(), earlier, both, keys);
    int old = width + each;
    join(JoinRelType.FULL, width, both.size(), keys.size());
    boolean filtered = question.filter().isPresent();
    if (filtered) {
      side(now, Optional.empty(), table, List.of(), keys);
      join(JoinRelType.LEFT, old + both.size(), 0, keys.size());
    }
    List<RexNode> other = new ArrayList<>();
    other.add(distinct(width + keys.size(), old + both.size() + keys.size()));
    for (int i = 0; i < both.size(); i++) {
      other.add(distinct(question.columns().indexOf(both.get(i)), old + i));
    }
    for (int i = 0; i < width; i++) {
      if (!both.contains(question.columns().get(i))) {
        other.add(builder.isNotNull(builder.field(i)));
      }
    }
    builder.filter(builder.or(other));
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, width));
    List<String> names = new ArrayList<>(question.columns());
    for (int i = 0; i < keys.size(); i++) {
      nodes.add(
          builder.call(
              SqlStdOperatorTable.COALESCE,
              builder.field(width + i),
              builder.field(old + both.size() + i)));
      names.add("_sleutel" + i);
    }
    RexNode gone = builder.literal(2);
    RexNode fate =
        filtered ? either(builder.field(old + both.size() + each), builder.literal(1), gone) : gone;
    nodes.add(width + 1, either(builder.field(width), builder.literal(0), fate));
    names.add(width + 1, "_lot");
    builder.project(nodes, names, true);
    List<RexNode> order = new ArrayList<>(builder.fields().subList(width, nodes.size()));
    order.remove(1);
    builder.sortLimit(
        question.skip() == 0 ? null : builder.literal(question.skip()),
        question.top().isEmpty() ? null : builder.literal(question.top().getAsLong()),
        order);
    var tree = builder.build();
    List<PlanColumn> columns = Unparser.columns(tree.getRowType());
    return new Plan(Unparser.sql(tree), columns.subList(0, width + 2), List.of());
  }

  /** Whether a column was there before too, with values of the same type. */
  private static Predicate<String> each(Table now, Table before) {
    return name -> {
      var type = before.column(name).map(Column::type);
      return type.isPresent() && type.equals(now.column(name).map(Column::type));
    };
  }

  private RexNode distinct(int now, int before) {
    return builder.call(
        SqlStdOperatorTable.IS_DISTINCT_FROM, builder.field(now), builder.field(before));
  }

  /** What tells rows apart: between several gemeenten also the gemeente. */
  private List<String> keys(Table table) {
    boolean one = now.versions().size() == 1 && before.versions().size() == 1;
    return one ? List.of(table.key()) : List.of(table.key(), Table.GEMEENTE);
  }

  /** Leaves columns, keys and the delivery that brought the row on the builder. */
  private void side(
      Snapshot snapshot,
      Optional<Expression> filter,
      Table table,
      List<String> columns,
      List<String> keys) {
    FilteredRows rows =
        FilteredRows.of(builder, snapshot, table, filter, List.of(), OptionalLong.empty());
    List<String> wanted = new ArrayList<>(columns);
    wanted.addAll(keys);
    wanted.add(Table.NUMMER);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      names.add("_k" + i);
    }
    rows.project(wanted.stream().map(rows::field).toList(), names);
  }

  private void join(JoinRelType type, int left, int right, int keys) {
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS,
              builder.field(2, 0, left + i),
              builder.field(2, 1, right + i)));
    }
    builder.join(type, conditions);
  }

  private RexNode either(RexNode present, RexNode then, RexNode otherwise) {
    return builder.call(SqlStdOperatorTable.CASE, builder.isNotNull(present), then, otherwise);
  }
}
