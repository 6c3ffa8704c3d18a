package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The deliveries that a version is the union of. */
final class Ledger {
  private Ledger() {}

  static Optional<LedgerEntry> find(Connection connection, String name) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT nummer, naam, sha256, bytes, tijdstip, geladen_op, door, vervangt, verslag"
                + " FROM _leveringen WHERE naam = ?")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  private static LedgerEntry entry(ResultSet rows) throws SQLException {
    return new LedgerEntry(
        rows.getLong(1),
        rows.getString(2),
        rows.getString(3),
        rows.getLong(4),
        rows.getObject(5, LocalDateTime.class),
        rows.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
        rows.getString(7),
        rows.getBoolean(8),
        rows.getString(9));
  }

  static List<LocalDateTime> timestamps(Connection connection) {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT tijdstip FROM _leveringen ORDER BY tijdstip");
        ResultSet rows = statement.executeQuery()) {
      List<LocalDateTime> timestamps = new ArrayList<>();
      while (rows.next()) {
        timestamps.add(rows.getObject(1, LocalDateTime.class));
      }
      return timestamps;
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  static void write(Connection connection, LedgerEntry entry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO _leveringen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setLong(1, entry.number());
      statement.setString(2, entry.name());
      statement.setString(3, entry.sha256());
      statement.setLong(4, entry.bytes());
      statement.setObject(5, entry.timestamp());
      statement.setObject(6, LocalDateTime.ofInstant(entry.loadedAt(), ZoneOffset.UTC));
      statement.setString(7, entry.by());
      statement.setBoolean(8, entry.replaces());
      statement.setString(9, entry.report());
      statement.execute();
    }
  }
}
