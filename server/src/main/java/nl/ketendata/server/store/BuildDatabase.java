package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.schema.Table;

/**
 * The file of the next version while it is being written, with the engine that writes it. Nobody
 * else sees the file, so nothing but the end must be whole on disk.
 */
final class BuildDatabase implements AutoCloseable {
  private final Connection connection;
  private final Path file;
  private final Steps steps;

  private BuildDatabase(Connection connection, Path file, Steps steps) {
    this.connection = connection;
    this.file = file;
    this.steps = steps;
  }

  /**
   * @param file an existing version file, or one to make
   */
  static BuildDatabase open(Path file, BuildSettings settings, Layout layout)
      throws SQLException, IOException {
    boolean fresh = !Files.exists(file);
    settings.steps().before("open " + file.getFileName());
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
    try {
      LockDown.apply(
          connection,
          file.getParent(),
          file.resolveSibling("tijdelijk"),
          List.of(
              "threads=" + settings.threads(),
              "memory_limit='" + settings.memoryMegabytes() + "MB'",
              // Only the end is written out, once.
              "checkpoint_threshold='1TB'",
              "allowed_configs=['" + LoadWatch.SETTING + "']",
              "enable_progress_bar_print=false",
              "progress_bar_time=0",
              "TimeZone='UTC'"));
      connection.setAutoCommit(false);
      if (fresh) {
        layout.create(connection);
      } else {
        layout.upgrade(connection);
      }
      return new BuildDatabase(connection, file, settings.steps());
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /**
   * Gives the rows of a delivery the moment of its publication. What was loaded is committed first:
   * changing rows of the same transaction costs the engine far more.
   */
  void stamp(long delivery, Instant moment) throws SQLException, IOException {
    steps.before("commit the rows");
    connection.commit();
    steps.before("stamp the rows");
    String timestamp = LocalDateTime.ofInstant(moment, ZoneOffset.UTC).toString();
    for (String table : stamped()) {
      execute(
          "UPDATE %s SET %s = TIMESTAMP %s WHERE %s = %d"
              .formatted(
                  Sql.name(table),
                  Sql.name(Table.GELADEN_OP),
                  Sql.text(timestamp),
                  Sql.name(Table.NUMMER),
                  delivery));
    }
  }

  private List<String> stamped() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT table_name FROM duckdb_columns() WHERE NOT internal AND database_name ="
                    + " current_database() AND column_name = "
                    + Sql.text(Table.GELADEN_OP)
                    + " ORDER BY table_name")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes all out and closes the file, which then needs no other file beside it. */
  Path finish() throws SQLException, IOException {
    steps.before("commit the ledger");
    connection.commit();
    connection.setAutoCommit(true);
    steps.before("write out " + file.getFileName());
    execute("CHECKPOINT");
    connection.close();
    return file;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
