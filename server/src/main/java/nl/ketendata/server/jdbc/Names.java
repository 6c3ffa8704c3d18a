package nl.ketendata.server.jdbc;

import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.server.browse.Browser;
import nl.ketendata.server.browse.Browser.Found;
import nl.ketendata.server.browse.Like;

/** What {@link DatabaseMetaData} tells of the catalogs, schemas, tables and columns of a caller. */
final class Names {
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

  private final Browser browser;

  Names(Browser browser) {
    this.browser = browser;
  }

  Listing catalogs() {
    return Listing.of(List.of("TABLE_CAT"), browser.catalogs().map(id -> new Object[] {id}));
  }

  Listing schemas(Optional<String> catalog, Optional<String> schema) {
    return Listing.of(
        List.of("TABLE_SCHEM", "TABLE_CATALOG"),
        browser
            .schemas(catalog, schema)
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
    List<String> kinds = types.orElse(Browser.KINDS);
    return Listing.of(
        TABLE_COLUMNS,
        browser
            .tables(catalog, schema, table)
            .filter(found -> kinds.contains(found.kind()))
            .map(this::row));
  }

  Listing columns(
      Optional<String> catalog,
      Optional<String> schema,
      Optional<String> table,
      Optional<String> column) {
    Predicate<String> wanted = Like.names(column);
    return Listing.of(
        COLUMN_COLUMNS,
        browser.tables(catalog, schema, table).flatMap(found -> columns(found, wanted)));
  }

  static Listing tableTypes() {
    return Listing.of(
        List.of("TABLE_TYPE"), Browser.KINDS.stream().map(kind -> new Object[] {kind}));
  }

  private Object[] row(Found found) {
    return new Object[] {
      found.catalog(),
      found.schema(),
      found.table().name(),
      found.kind(),
      browser.remarks(found.table()),
      null,
      null,
      null,
      null,
      null
    };
  }

  private static Stream<Object[]> columns(Found found, Predicate<String> wanted) {
    List<Column> all = found.table().allColumns();
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .filter(i -> wanted.test(all.get(i).name()))
        .map(i -> row(found, all.get(i), i + 1));
  }

  private static Object[] row(Found found, Column column, int position) {
    WireType type = type(column);
    boolean required = Browser.required(found.table(), column);
    return new Object[] {
      found.catalog(),
      found.schema(),
      found.table().name(),
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
