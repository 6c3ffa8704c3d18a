package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps what a delivery brought and what could not be taken, in the version itself. */
public final class RefusedRows implements AutoCloseable {
  private static final int BATCH = 1000;

  private final long delivery;
  private final PreparedStatement rows;
  private final PreparedStatement values;
  private int waiting;

  RefusedRows(Connection connection, long delivery) {
    this.delivery = delivery;
    try {
      this.rows =
          connection.prepareStatement("INSERT INTO _geweigerde_rijen VALUES (?, ?, ?, ?, ?, ?)");
      this.values =
          connection.prepareStatement(
              "INSERT INTO _geweigerde_waarden VALUES (?, ?, ?, ?, ?, ?, ?)");
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * @param code the failure's code, such as {@code KD207}
   * @param reason the failure's message
   * @param text the row as it was delivered
   */
  public void row(String file, long line, String code, String reason, String text) {
    add(rows, delivery, file, line, code, reason, text);
  }

  public void value(
      String file, long line, String key, String column, String value, String reason) {
    add(values, delivery, file, line, key, column, value, reason);
  }

  private void add(PreparedStatement statement, Object... cells) {
    try {
      for (int i = 0; i < cells.length; i++) {
        statement.setObject(i + 1, cells[i]);
      }
      statement.addBatch();
      if (++waiting >= BATCH) {
        flush();
      }
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  private void flush() throws SQLException {
    rows.executeBatch();
    values.executeBatch();
    waiting = 0;
  }

  @Override
  public void close() {
    try {
      if (waiting > 0) {
        flush();
      }
      rows.close();
      values.close();
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }
}
