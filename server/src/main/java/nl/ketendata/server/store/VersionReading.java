package nl.ketendata.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
