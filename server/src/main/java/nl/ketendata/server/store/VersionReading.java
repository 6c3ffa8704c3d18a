package nl.ketendata.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import nl.ketendata.schema.Table;

/**
 * A published version opened to be looked at, by an engine of its own: it works beside a server
 * that serves the same file.
 */
final class VersionReading implements AutoCloseable {
  private static final String CATALOG = "versie";

  private final Connection connection;

  private VersionReading(Connection connection) {
    this.connection = connection;
  }

  static VersionReading open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "ATTACH " + Sql.text(file.toString()) + " AS " + Sql.name(CATALOG) + " (READ_ONLY)");
      return new VersionReading(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** The ledger of a version file. */
  static Ledger ledger(Path file) throws SQLException {
    try (VersionReading reading = open(file)) {
      return reading.ledger();
    }
  }

  Ledger ledger() throws SQLException {
    return Ledger.read(connection, CATALOG);
  }

  int format() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT formaat FROM versie.main._opslag")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  boolean has(Table table) throws SQLException {
    return number(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'versie' AND table_name = "
                + Sql.text(table.name()))
        > 0;
  }

  long rows(Table table) throws SQLException {
    return number("SELECT count(*) FROM " + name(table));
  }

  /** Rows whose delivery is not in the ledger, or was published at another moment. */
  long rowsOutsideLedger(Table table) throws SQLException {
    return number(
        "SELECT coalesce(sum(n), 0)::BIGINT FROM (SELECT %s AS nummer, %s AS moment, count(*) AS n FROM %s GROUP BY ALL) t WHERE NOT EXISTS (SELECT 1 FROM versie.main._leveringen l WHERE l.nummer = t.nummer AND l.geladen_op = t.moment)"
            .formatted(Sql.name(Table.NUMMER), Sql.name(Table.GELADEN_OP), name(table)));
  }

  /** Rows by table, as the reports of the deliveries since the last that replaced all say. */
  Map<String, Long> rowsTold() throws SQLException {
    Map<String, Long> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet told =
            statement.executeQuery(
                "SELECT b->>'tabel', sum((b->>'toegevoegd')::BIGINT)::BIGINT FROM (SELECT"
                    + " unnest(json_extract(verslag, '$.bestanden[*]')) AS b FROM"
                    + " versie.main._leveringen WHERE nummer >= (SELECT coalesce(max(nummer), 0)"
                    + " FROM versie.main._leveringen WHERE vervangt)) GROUP BY 1")) {
      while (told.next()) {
        rows.put(told.getString(1), told.getLong(2));
      }
    }
    return rows;
  }

  private static String name(Table table) {
    return "versie.main." + Sql.name(table.name());
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
