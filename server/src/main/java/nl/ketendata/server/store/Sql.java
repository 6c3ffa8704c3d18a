package nl.ketendata.server.store;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Table;

/** How names, texts and types are written in the engine's own SQL. */
final class Sql {
  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** The columns of a table as they are declared when it is made. */
  static String columns(Table table) {
    return columns(table, Set.of());
  }

  /**
   * @param plain the columns that are stored as they are, without compression
   */
  static String columns(Table table, Set<String> plain) {
    return table.allColumns().stream()
        .map(
            column ->
                name(column.name())
                    + " "
                    + type(column.type())
                    + (plain.contains(column.name()) ? " USING COMPRESSION uncompressed" : ""))
        .collect(Collectors.joining(", "));
  }

  static String type(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME, INSTANT -> "TIMESTAMP";
    };
  }
}
