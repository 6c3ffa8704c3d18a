package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.impl.AbstractSchema;

/**
 * The standard's own description of what there is: only what the caller may see, since it is made
 * of that.
 */
final class InformationSchema extends AbstractSchema {
  static final String NAME = "INFORMATION_SCHEMA";

  private final List<Snapshot> snapshots;

  InformationSchema(List<Snapshot> snapshots) {
    this.snapshots = List.copyOf(snapshots);
  }

  @Override
  protected Map<String, org.apache.calcite.schema.Table> getTableMap() {
    Map<String, org.apache.calcite.schema.Table> tables = new TreeMap<>();
    tables.put("SCHEMATA", listed("CATALOG_NAME SCHEMA_NAME", this::schemata));
    tables.put(
        "TABLES", listed("TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE REMARKS", this::tables));
    tables.put("VIEWS", listed("TABLE_CATALOG TABLE_SCHEMA TABLE_NAME", this::views));
    tables.put(
        "COLUMNS",
        listed(
            "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION IS_NULLABLE"
                + " DATA_TYPE",
            this::columns));
    tables.put(
        "TABLE_CONSTRAINTS",
        listed(
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_NAME CONSTRAINT_TYPE",
            this::constraints));
    tables.put(
        "KEY_COLUMN_USAGE",
        listed(
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_NAME COLUMN_NAME"
                + " ORDINAL_POSITION",
            this::keyColumns));
    tables.put(
        "REFERENTIAL_CONSTRAINTS",
        listed(
            "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_NAME"
                + " TABLE_NAME REFERENCED_TABLE_NAME",
            this::references));
    return tables;
  }

  private ListedTable listed(String columns, Function<Snapshot, List<List<Object>>> rows) {
    return new ListedTable(
        List.of(columns.split(" ")),
        () -> snapshots.stream().flatMap(snapshot -> rows.apply(snapshot).stream()).toList());
  }

  private static List<Object> row(Snapshot snapshot, Object... values) {
    List<Object> row = new ArrayList<>();
    row.add(snapshot.organisation().id());
    row.add(snapshot.product().schemaName());
    row.addAll(List.of(values));
    return row;
  }

  private List<List<Object>> schemata(Snapshot snapshot) {
    return List.of(row(snapshot));
  }

  private List<List<Object>> tables(Snapshot snapshot) {
    return snapshot.tables().stream()
        .map(table -> row(snapshot, table.name(), type(table), table.description()))
        .toList();
  }

  private static String type(Table table) {
    return table.isWide() ? "VIEW" : "BASE TABLE";
  }

  private List<List<Object>> views(Snapshot snapshot) {
    return snapshot.tables().stream()
        .filter(Table::isWide)
        .map(table -> row(snapshot, table.name()))
        .toList();
  }

  private List<List<Object>> columns(Snapshot snapshot) {
    List<List<Object>> rows = new ArrayList<>();
    Types types = new Types(Effort.unlimited());
    for (Table table : snapshot.tables()) {
      for (RelDataTypeField field :
          new MountedTable(snapshot, table).getRowType(types).getFieldList()) {
        rows.add(
            row(
                snapshot,
                table.name(),
                field.getName(),
                field.getIndex() + 1L,
                field.getType().isNullable() ? "YES" : "NO",
                field.getType().getSqlTypeName().getName()));
      }
    }
    return rows;
  }

  private List<List<Object>> constraints(Snapshot snapshot) {
    List<List<Object>> rows = new ArrayList<>();
    snapshot
        .tables()
        .forEach(table -> rows.add(row(snapshot, table.primaryKey(), table.name(), "PRIMARY KEY")));
    seen(snapshot)
        .forEach(join -> rows.add(row(snapshot, join.foreignKey(), join.child(), "FOREIGN KEY")));
    return rows;
  }

  private List<List<Object>> keyColumns(Snapshot snapshot) {
    List<List<Object>> rows = new ArrayList<>();
    snapshot
        .tables()
        .forEach(
            table -> rows.add(row(snapshot, table.primaryKey(), table.name(), table.key(), 1L)));
    seen(snapshot)
        .forEach(
            join -> rows.add(row(snapshot, join.foreignKey(), join.child(), join.column(), 1L)));
    return rows;
  }

  private List<List<Object>> references(Snapshot snapshot) {
    return seen(snapshot).stream()
        .map(
            join ->
                row(
                    snapshot,
                    join.foreignKey(),
                    "PK_" + join.parent(),
                    join.child(),
                    join.parent()))
        .toList();
  }

  /** The joins of which the caller sees both sides. */
  private static List<Join> seen(Snapshot snapshot) {
    return snapshot.joins().stream()
        .filter(join -> has(snapshot, join.child(), join.column()))
        .filter(join -> has(snapshot, join.parent(), join.key()))
        .toList();
  }

  private static boolean has(Snapshot snapshot, String name, String column) {
    Optional<Column> found =
        snapshot.tables().stream()
            .filter(table -> table.name().equals(name))
            .findFirst()
            .flatMap(table -> table.column(column));
    return found.isPresent();
  }
}
