package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.question.Expression.CountOf;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * A table with the parents that an expression reaches from it, and the numbers of children that it
 * asks for, each joined once. They are left joins on a key, so they never change the number of
 * rows. (A number of children could be a sub-query; but RelToSqlConverter loses the row that such a
 * query refers to when that is itself a join.)
 */
final class RowScope implements Row {
  /** Another name than the engine's, so that the projection that makes it is never a plain star. */
  static final String POSITION = "_rij";

  private final Snapshot snapshot;
  private final Table table;
  private final Map<List<String>, Integer> offsets = new HashMap<>();
  private final Map<List<String>, Table> tables = new HashMap<>();
  private final RelNode rel;

  private final Map<CountOf, Integer> counts = new HashMap<>();

  private RowScope(
      Snapshot snapshot,
      Table table,
      Set<List<String>> paths,
      Set<CountOf> counted,
      RelBuilder builder) {
    this.snapshot = snapshot;
    this.table = table;
    builder.push(scan(builder, snapshot, table));
    offsets.put(List.of(), 0);
    tables.put(List.of(), table);
    for (List<String> path : paths) {
      for (int depth = 1; depth <= path.size(); depth++) {
        join(path.subList(0, depth), builder);
      }
    }
    counted.forEach(count -> join(count, builder));
    if (!paths.isEmpty() || !counted.isEmpty()) {
      flatten(builder);
    }
    this.rel = builder.build();
  }

  /** One table with names of its own: a correlated filter cannot stand on a join. */
  private static void flatten(RelBuilder builder) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < builder.fields().size(); i++) {
      names.add("_k" + i);
    }
    builder.project(builder.fields(), names, true);
  }

  /**
   * @param variable whose paths are joined
   */
  static RowScope of(
      Snapshot snapshot, Table table, Paths paths, String variable, RelBuilder builder) {
    return new RowScope(snapshot, table, paths.of(variable), paths.counts(variable), builder);
  }

  /** A scan of a mounted table with the row's position as last column. */
  private static RelNode scan(RelBuilder builder, Snapshot snapshot, Table table) {
    MountedTable mounted = new MountedTable(snapshot, table);
    RelDataTypeFactory factory = builder.getTypeFactory();
    RelDataTypeFactory.Builder row = factory.builder();
    row.addAll(mounted.getRowType(factory).getFieldList());
    row.add(POSITION, factory.createSqlType(SqlTypeName.BIGINT));
    return LogicalTableScan.create(
        builder.getCluster(),
        RelOptTableImpl.create(
            null, row.build(), path(mounted), mounted, type -> Expressions.constant(null)),
        List.of());
  }

  /**
   * Two versions of a table in one tree must have two names: the planner takes scans of one name
   * for the same.
   */
  private static List<String> path(MountedTable mounted) {
    List<String> path = new ArrayList<>(mounted.path());
    path.add(mounted.snapshot().version());
    return path;
  }

  private void join(List<String> path, RelBuilder builder) {
    if (offsets.containsKey(path)) {
      return;
    }
    List<String> from = path.subList(0, path.size() - 1);
    Table child = tables.get(from);
    Join join = navigation(snapshot, child, path.get(path.size() - 1));
    if (!join.child().equals(child.name())) {
      throw Failure.of(Code.NOT_SUPPORTED, String.join("/", path));
    }
    Table parent = table(snapshot, join.parent());
    int width = builder.peek().getRowType().getFieldCount();
    int childAt = offsets.get(from);
    builder.push(scan(builder, snapshot, parent));
    List<RexNode> conditions = new ArrayList<>();
    List<String> mine = joinColumns(snapshot, join, child);
    List<String> theirs = joinColumns(snapshot, join, parent);
    for (int i = 0; i < mine.size(); i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS,
              builder.field(2, 0, childAt + index(child, mine.get(i))),
              builder.field(2, 1, index(parent, theirs.get(i)))));
    }
    builder.join(JoinRelType.LEFT, conditions);
    offsets.put(path, width);
    tables.put(path, parent);
  }

  private void join(CountOf count, RelBuilder builder) {
    List<String> from = count.path().subList(0, count.path().size() - 1);
    Table parent = tables.get(from);
    Join join = navigation(snapshot, parent, count.path().get(from.size()));
    if (!join.parent().equals(parent.name())) {
      throw Failure.of(Code.NOT_SUPPORTED, String.join("/", count.path()) + "/$count");
    }
    Table child = table(snapshot, join.child());
    List<String> keys = joinColumns(snapshot, join, child);
    List<String> parentKeys = joinColumns(snapshot, join, parent);
    int width = builder.peek().getRowType().getFieldCount();
    FilteredRows.of(builder, snapshot, child, count.condition(), List.of(), OptionalLong.empty());
    builder.aggregate(
        builder.groupKey(keys.stream().map(key -> builder.field(index(child, key))).toList()),
        builder.countStar("n"));
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS,
              builder.field(2, 0, offsets.get(from) + index(parent, parentKeys.get(i))),
              builder.field(2, 1, i)));
    }
    builder.join(JoinRelType.LEFT, conditions);
    counts.put(count, width + keys.size());
  }

  /** Where a number of children stands in the rows; null there stands for none. */
  @Override
  public int field(CountOf count) {
    return counts.get(count);
  }

  /**
   * The columns of one of its tables to join on; between several gemeenten also the gemeente, so
   * that none are mixed.
   */
  static List<String> joinColumns(Snapshot snapshot, Join join, Table side) {
    String column = side.name().equals(join.child()) ? join.column() : join.key();
    return snapshot.versions().size() == 1 ? List.of(column) : List.of(column, Table.GEMEENTE);
  }

  /** The columns of a table that a navigation from it is joined on. */
  static List<String> joinColumns(Snapshot snapshot, Table from, String navigation) {
    return joinColumns(snapshot, navigation(snapshot, from, navigation), from);
  }

  /** The rows. */
  @Override
  public RelNode rel() {
    return rel;
  }

  Table table() {
    return table;
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Where a column stands in the rows. */
  @Override
  public int field(List<String> navigations, String column) {
    Table owner = tables.get(navigations);
    return offsets.get(navigations) + index(owner, column);
  }

  @Override
  public Optional<ColumnType> clock(List<String> navigations, String column) {
    return tables
        .get(navigations)
        .column(column)
        .map(Column::type)
        .filter(type -> type == ColumnType.DATETIME || type == ColumnType.INSTANT);
  }

  /** Where the row's position stands. */
  int position() {
    return table.allColumns().size();
  }

  /** The table that a path of navigations to parents leads to. */
  @Override
  public Table owner(List<String> navigations) {
    return tables.get(navigations);
  }

  static Table table(Snapshot snapshot, String name) {
    return snapshot.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknownTable(snapshot, name));
  }

  private static Failure unknownTable(Snapshot snapshot, String name) {
    Failure failure = Failure.of(Code.UNKNOWN_TABLE, name);
    return Nearest.to(name, snapshot.tables().stream().map(Table::name).toList())
        .map(failure::meaning)
        .orElse(failure);
  }

  static Join navigation(Snapshot snapshot, Table table, String navigation) {
    return snapshot.joins().stream()
        .filter(
            join ->
                join.child().equals(table.name()) && join.toParent().equals(navigation)
                    || join.parent().equals(table.name()) && join.toChildren().equals(navigation))
        .findFirst()
        .orElseThrow(() -> Failure.of(Code.UNKNOWN_COLUMN, navigation, " in " + table.name()));
  }

  static int index(Table table, String name) {
    List<Column> columns = table.allColumns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    Failure failure = Failure.of(Code.UNKNOWN_COLUMN, name, " in " + table.name());
    throw Nearest.to(name, columns.stream().map(Column::name).toList())
        .map(failure::meaning)
        .orElse(failure);
  }
}
