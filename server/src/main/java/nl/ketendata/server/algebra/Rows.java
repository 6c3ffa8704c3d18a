package nl.ketendata.server.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Order;
import org.apache.calcite.rel.RelNode;

/**
 * Rows between two steps of a pipeline.
 *
 * @param fields what can be named in them, by path: where it stands and its clock
 * @param table the rows of the table that these still are, with what was joined to them; empty
 *     behind a step that made other rows
 * @param ties where stands what tells all rows apart, and orders them when nothing else does
 * @param branch where stands the number of the branch that a row is from
 * @param branches how many there are
 * @param order the order that the rows were put in
 * @param narrowed whether a group may have lost all its rows
 */
record Rows(
    RelNode rel,
    Snapshot snapshot,
    Map<String, Field> fields,
    Optional<RowScope> table,
    List<Integer> ties,
    OptionalInt branch,
    int branches,
    List<Order> order,
    boolean narrowed)
    implements Row {

  Rows {
    fields = new LinkedHashMap<>(fields);
  }

  record Field(int index, Optional<ColumnType> clock) {}

  static String path(List<String> navigations, String column) {
    return navigations.isEmpty() ? column : String.join("/", navigations) + "/" + column;
  }

  Field named(List<String> navigations, String column) {
    String path = path(navigations, column);
    if (fields.containsKey(path)) {
      return fields.get(path);
    }
    return table
        .map(scope -> new Field(scope.field(navigations, column), scope.clock(navigations, column)))
        .orElseThrow(() -> Failure.of(Code.UNKNOWN_COLUMN, path, ""));
  }

  @Override
  public int field(List<String> navigations, String column) {
    return named(navigations, column).index();
  }

  @Override
  public Optional<ColumnType> clock(List<String> navigations, String column) {
    return named(navigations, column).clock();
  }

  @Override
  public int field(CountOf count) {
    return scope().field(count);
  }

  @Override
  public Table owner(List<String> navigations) {
    return scope().owner(navigations);
  }

  RowScope scope() {
    return table.orElseThrow(
        () -> Failure.of(Code.NOT_SUPPORTED, "$apply: navigatie na groupby, aggregate of concat"));
  }

  /** Other rows of the same shape. */
  Rows with(RelNode other, boolean fewer) {
    return new Rows(
        other, snapshot, fields, table, ties, branch, branches, order, narrowed || fewer);
  }

  Rows ordered(List<Order> by) {
    return new Rows(rel, snapshot, fields, table, ties, branch, branches, by, narrowed);
  }

  /** Rows that begin a pipeline of their own: no group has lost any yet. */
  Rows fresh() {
    return new Rows(rel, snapshot, fields, table, ties, branch, branches, order, false);
  }
}
