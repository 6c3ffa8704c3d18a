package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Gemeente;

/**
 * Merges rows of a delivery into their table. Each row remembers the latest delivery that brought
 * its content, so that the content of the latest delivery holds whatever the order of arrival; of
 * equal moments the greater name is the later one.
 */
final class RowMerge {
  private static final String PAIRS = "_paren";

  private final Connection connection;
  private final String table;
  private final String key;
  private final List<String> contents;
  private final String columns;
  private final long delivery;
  private final OverruledRows overruledRows;

  /**
   * @param contents the columns that rows are compared by
   */
  RowMerge(
      Connection connection, Gemeente gemeente, Table table, List<String> contents, long delivery) {
    this.connection = connection;
    this.table = Sql.name(table.name());
    this.key = Sql.name(table.key());
    this.contents = contents;
    this.columns = Sql.names(contents) + ", " + Sql.names(CsvSelect.provenance());
    this.delivery = delivery;
    this.overruledRows = new OverruledRows(connection, gemeente, table, contents, delivery);
  }

  /** What became of the rows. */
  record Merged(long added, long known, long replaced, long overruled) {}

  /**
   * @param staging the table with the rows
   * @param timestamp the moment in the delivery's name
   * @param name the delivery's name
   */
  Merged merge(String staging, LocalDateTime timestamp, String name) throws SQLException {
    if (!anyKnown(staging)) {
      return new Merged(change(insert(staging)), 0, 0, 0);
    }
    execute("CREATE OR REPLACE TEMP TABLE " + PAIRS + " AS " + pairs(staging, timestamp, name));
    Merged counted = counted();
    if (counted.known > 0) {
      execute(
          "UPDATE %s SET %s = %d WHERE rowid IN (SELECT oud FROM %s WHERE gelijk AND nieuwer)"
              .formatted(table, Sql.name(CsvSelect.CONFIRMED), delivery, PAIRS));
    }
    if (counted.replaced > 0) {
      overruledRows.replaced(PAIRS, staging);
      execute(
          "DELETE FROM %s WHERE rowid IN (SELECT oud FROM %s WHERE NOT gelijk AND nieuwer)"
              .formatted(table, PAIRS));
    }
    if (counted.overruled > 0) {
      overruledRows.older(PAIRS, staging, timestamp, name);
    }
    long inserted =
        change(
            insert(staging)
                + " WHERE rowid NOT IN (SELECT nieuw FROM %s WHERE gelijk OR NOT nieuwer)"
                    .formatted(PAIRS));
    return new Merged(
        inserted - counted.replaced, counted.known, counted.replaced, counted.overruled);
  }

  private String insert(String staging) {
    return "INSERT INTO %s (%s) SELECT %2$s FROM %s".formatted(table, columns, staging);
  }

  /** Most files of a weekly delivery bring new rows only: that takes a look at the keys alone. */
  private boolean anyKnown(String staging) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM %1$s t WHERE t.%2$s IN (SELECT %2$s FROM %3$s) LIMIT 1"
                    .formatted(table, key, staging))) {
      return rows.next();
    }
  }

  private String pairs(String staging, LocalDateTime timestamp, String name) {
    String same =
        contents.stream()
            .map(c -> "s." + Sql.name(c) + " IS NOT DISTINCT FROM t." + Sql.name(c))
            .collect(Collectors.joining(" AND "));
    return "SELECT s.rowid AS nieuw, t.rowid AS oud, t.%1$s AS bevestigd, (%2$s) AS gelijk, %3$s AS nieuwer FROM %4$s s JOIN %5$s t ON s.%6$s = t.%6$s"
        .formatted(
            Sql.name(CsvSelect.CONFIRMED),
            same,
            OverruledRows.older("t." + Sql.name(CsvSelect.CONFIRMED), timestamp, name),
            staging,
            table,
            key);
  }

  private Merged counted() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FILTER (gelijk), count(*) FILTER (NOT gelijk AND nieuwer),"
                    + " count(*) FILTER (NOT gelijk AND NOT nieuwer) FROM "
                    + PAIRS)) {
      rows.next();
      return new Merged(0, rows.getLong(1), rows.getLong(2), rows.getLong(3));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long change(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }
}
