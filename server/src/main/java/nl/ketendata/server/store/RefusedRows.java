package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.policy.Gemeente;

/** Keeps what a delivery brought and what could not be taken, in the version itself. */
public final class RefusedRows implements AutoCloseable {
  private static final int BATCH = 1000;

  private final Gemeente gemeente;
  private final long delivery;
  private final PreparedStatement rows;
  private final PreparedStatement values;
  private int waiting;

  RefusedRows(Connection connection, Gemeente gemeente, long delivery) {
    this.gemeente = gemeente;
    this.delivery = delivery;
    try {
      this.rows = insert(connection, ServerTable.GEWEIGERDE_RIJEN, 9);
      this.values = insert(connection, ServerTable.GEWEIGERDE_WAARDEN, 12);
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  private static PreparedStatement insert(Connection connection, String table, int columns)
      throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO " + Sql.name(table) + " VALUES (" + "?, ".repeat(columns - 1) + "NULL)");
  }

  /**
   * @param code the failure's code, such as {@code KD207}
   * @param reason the failure's message
   * @param text the row as it was delivered
   */
  public void row(String file, long line, String code, String reason, String text) {
    add(rows, key(file, line), file, line, code, reason, text);
  }

  /** A value of a row that was taken without it. */
  public void value(Value value) {
    add(
        values,
        key(value.file, value.line) + "-" + value.column,
        value.file,
        value.table,
        value.line,
        value.key,
        value.column,
        value.text,
        value.code,
        value.reason);
  }

  /**
   * A refused value.
   *
   * @param line where its row begins
   * @param key the row's key
   * @param text the value as it was delivered
   * @param code the failure's code
   * @param reason the failure's message
   */
  public record Value(
      String file,
      String table,
      long line,
      String key,
      String column,
      String text,
      String code,
      String reason) {}

  private String key(String file, long line) {
    return gemeente.code() + "-" + delivery + "-" + file + "-" + line;
  }

  private void add(PreparedStatement statement, Object... own) {
    List<Object> cells = new ArrayList<>(Arrays.asList(own));
    cells.addAll(List.of(gemeente.code(), delivery));
    try {
      for (int i = 0; i < cells.size(); i++) {
        statement.setObject(i + 1, cells.get(i));
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
