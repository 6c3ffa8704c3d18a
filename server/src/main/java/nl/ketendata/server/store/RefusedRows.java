package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.policy.Gemeente;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Keeps what a delivery brought and what could not be taken, in the version itself. Appended in
 * bulk: of a file with a bad column there are millions.
 */
public final class RefusedRows implements AutoCloseable {
  private final Gemeente gemeente;
  private final long delivery;
  private final DuckDBAppender rows;
  private final DuckDBAppender values;

  RefusedRows(Connection connection, Gemeente gemeente, long delivery) {
    this.gemeente = gemeente;
    this.delivery = delivery;
    try {
      DuckDBConnection engine = connection.unwrap(DuckDBConnection.class);
      this.rows = engine.createAppender(ServerTable.GEWEIGERDE_RIJEN);
      this.values = engine.createAppender(ServerTable.GEWEIGERDE_WAARDEN);
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
    try {
      rows.beginRow().append(key(file, line)).append(file).append(line);
      rows.append(code).append(reason).append(text);
      end(rows);
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /** A value of a row that was taken without it. */
  public void value(Value value) {
    try {
      values.beginRow().append(key(value.file, value.line) + "-" + value.column);
      values.append(value.file).append(value.table).append(value.line).append(value.key);
      values.append(value.column).append(value.text).append(value.code).append(value.reason);
      end(values);
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
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

  private void end(DuckDBAppender row) throws SQLException {
    row.append(gemeente.code()).append(delivery).appendNull().endRow();
  }

  @Override
  public void close() {
    try (rows;
        values) {
      rows.flush();
      values.flush();
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }
}
