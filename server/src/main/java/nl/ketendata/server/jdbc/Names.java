package nl.ketendata.server.jdbc;

import java.sql.DatabaseMetaData;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Message;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.question.Scope;

/** What {@link DatabaseMetaData} tells of the catalogs, schemas, tables and columns of a caller. */
final class Names {
  private static final String TABLE_TYPE = "TABLE";

  private static final List<String> TABLE_COLUMNS =
      List.of(
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "TABLE_TYPE",
          "REMARKS",
          "TYPE_CAT",
          "TYPE_SCHEM",
          "TYPE_NAME",
          "SELF_REFERENCING_COL_NAME",
          "REF_GENERATION");

  private static final List<String> COLUMN_COLUMNS =
      List.of(
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "COLUMN_NAME",
          "DATA_TYPE:INTEGER",
          "TYPE_NAME",
          "COLUMN_SIZE:INTEGER",
          "BUFFER_LENGTH:INTEGER",
          "DECIMAL_DIGITS:INTEGER",
          "NUM_PREC_RADIX:INTEGER",
          "NULLABLE:INTEGER",
          "REMARKS",
          "COLUMN_DEF",
          "SQL_DATA_TYPE:INTEGER",
          "SQL_DATETIME_SUB:INTEGER",
          "CHAR_OCTET_LENGTH:INTEGER",
          "ORDINAL_POSITION:INTEGER",
          "IS_NULLABLE",
          "SCOPE_CATALOG",
          "SCOPE_SCHEMA",
          "SCOPE_TABLE",
          "SOURCE_DATA_TYPE:INTEGER",
          "IS_AUTOINCREMENT",
          "IS_GENERATEDCOLUMN");

  private final Door door;
  private final Catalogue catalogue;
  private final Caller caller;

  Names(Door door, Catalogue catalogue, Caller caller) {
    this.door = door;
    this.catalogue = catalogue;
    this.caller = caller;
  }

  Listing catalogs() {
    return Listing.of(List.of("TABLE_CAT"), organisations().map(id -> new Object[] {id}));
  }

  Listing schemas(Optional<String> catalog, Optional<String> schema) {
    return Listing.of(
        List.of("TABLE_SCHEM", "TABLE_CATALOG"),
        scopes(catalog, schema)
            .map(scope -> new Object[] {scope.product().schemaName(), scope.organisation()}));
  }

  /**
   * @param types kinds of table that are wanted; empty for all
   */
  Listing tables(
      Optional<String> catalog,
      Optional<String> schema,
      Optional<String> table,
      Optional<List<String>> types) {
    boolean wanted = types.map(list -> list.contains(TABLE_TYPE)).orElse(true);
    Stream<Object[]> rows =
        wanted
            ? scopes(catalog, schema)
                .flatMap(scope -> tables(scope, table).map(found -> row(scope, found)))
            : Stream.empty();
    return Listing.of(TABLE_COLUMNS, rows);
  }

  Listing columns(
      Optional<String> catalog,
      Optional<String> schema,
      Optional<String> table,
      Optional<String> column) {
    Predicate<String> wanted = Like.names(column);
    return Listing.of(
        COLUMN_COLUMNS,
        scopes(catalog, schema)
            .flatMap(
                scope -> tables(scope, table).flatMap(found -> columns(scope, found, wanted))));
  }

  static Listing tableTypes() {
    return Listing.of(List.of("TABLE_TYPE"), Stream.<Object[]>of(new Object[] {TABLE_TYPE}));
  }

  private Stream<String> organisations() {
    return door.scopes(caller).stream().map(Scope::organisation).distinct();
  }

  private Stream<Scope> scopes(Optional<String> catalog, Optional<String> schema) {
    Predicate<String> wanted = Like.names(schema);
    return door.scopes(caller).stream()
        .filter(scope -> catalog.map(scope.organisation()::equalsIgnoreCase).orElse(true))
        .filter(scope -> wanted.test(scope.product().schemaName()));
  }

  private Stream<Table> tables(Scope scope, Optional<String> pattern) {
    Predicate<String> wanted = Like.names(pattern);
    return door.mounted(caller, scope).tables().stream()
        .filter(table -> wanted.test(table.name()))
        .sorted(Comparator.comparing(Table::name));
  }

  private Object[] row(Scope scope, Table table) {
    return new Object[] {
      scope.organisation(),
      scope.product().schemaName(),
      table.name(),
      TABLE_TYPE,
      remarks(table),
      null,
      null,
      null,
      null,
      null
    };
  }

  /** The message's title in the standard and, for a child file, its class. */
  private String remarks(Table table) {
    if (!table.description().isEmpty()) {
      return table.description();
    }
    String title = catalogue.message(table.message()).map(Message::title).orElse("");
    String dataClass = table.dataClass().orElse("");
    return title.isEmpty() || dataClass.isEmpty() ? title + dataClass : title + ": " + dataClass;
  }

  private static Stream<Object[]> columns(Scope scope, Table table, Predicate<String> wanted) {
    List<Column> all = table.allColumns();
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .filter(i -> wanted.test(all.get(i).name()))
        .map(i -> row(scope, table, all.get(i), i + 1));
  }

  private static Object[] row(Scope scope, Table table, Column column, int position) {
    WireType type = type(column);
    boolean required = column.name().equals(table.key()) || Table.ADDED.contains(column);
    return new Object[] {
      scope.organisation(),
      scope.product().schemaName(),
      table.name(),
      column.name(),
      type.jdbcType(),
      type.name(),
      type.size(),
      null,
      digits(type),
      type.signed() ? 10 : null,
      required ? DatabaseMetaData.columnNoNulls : DatabaseMetaData.columnNullable,
      column.description(),
      null,
      null,
      null,
      type == WireType.VARCHAR ? type.size() : null,
      position,
      required ? "NO" : "YES",
      null,
      null,
      null,
      null,
      "NO",
      "NO"
    };
  }

  private static Integer digits(WireType type) {
    return switch (type) {
      case BIGINT, INTEGER -> 0;
      case TIME, TIMESTAMP -> Columns.FRACTION;
      case VARCHAR, BOOLEAN, DECIMAL, DOUBLE, DATE -> null;
    };
  }

  private static WireType type(Column column) {
    return switch (column.type()) {
      case STRING -> WireType.VARCHAR;
      case INTEGER -> WireType.BIGINT;
      case DATE -> WireType.DATE;
      case TIME -> WireType.TIME;
      case DATETIME, INSTANT -> WireType.TIMESTAMP;
    };
  }
}
