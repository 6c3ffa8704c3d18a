package nl.ketendata.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One embedded engine for all versions: one budget of memory and threads. It holds no data itself;
 * version files are attached read-only, and after start-up no statement can reach another file,
 * load an extension or change a setting.
 */
final class Engine implements AutoCloseable {
  /** The engine's own catalog; holds the tables that a version file lacks, without rows. */
  static final String EMPTY = "memory";

  private final DuckDBConnection root;
  private final HikariDataSource pool;
  private final KeptStatements kept = new KeptStatements();
  private final BufferAllocator arrow = new RootAllocator();
  private final int threads;
  private volatile boolean lost;
  private volatile boolean sparing;

  Engine(StoreSettings settings, Path versions) {
    threads = settings.threads();
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    try {
      root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
      LockDown.apply(
          root,
          versions,
          versions.resolveSibling("tijdelijk"),
          List.of(
              "threads=" + threads,
              // All that may still be changed, and only by us: no caller's text gets here.
              "allowed_configs=['threads']",
              // A thread of the engine looks now and then whether another statement waits for it.
              "scheduler_process_partial=true",
              "memory_limit='" + settings.memoryMegabytes() + "MB'",
              "max_temp_directory_size='" + settings.temporaryMegabytes() + "MB'",
              // It joins a table with its own row numbers before the first row of a LIMIT comes.
              "disabled_optimizers='late_materialization'",
              // Division by zero is null, in SQL as in OData.
              "error_on_division_by_zero=false",
              "ieee_floating_point_ops=false"));
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("ketendata-engine");
    config.setDataSource(new DuplicatingDataSource(root));
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(4, settings.connections()));
    config.setConnectionTimeout(5_000);
    config.setMaxLifetime(0);
    pool = new HikariDataSource(config);
  }

  void attach(Path file, String catalog) {
    execute("ATTACH " + Sql.text(file.toString()) + " AS " + Sql.name(catalog) + " (READ_ONLY)");
  }

  /** Makes sure that a table without rows is there for versions made before it existed. */
  void empty(Table table) {
    String schema = Sql.name(EMPTY) + "." + Sql.name(table.product().id());
    execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    execute(
        "CREATE TABLE IF NOT EXISTS "
            + schema
            + "."
            + Sql.name(table.name())
            + " ("
            + Sql.columns(table)
            + ")");
  }

  /** Runs a statement on the engine's own catalog. */
  void run(String sql) {
    execute(sql);
  }

  /** What is put in a table row by row. */
  interface Appending {
    void to(DuckDBAppender appender) throws SQLException;
  }

  /** Adds rows to a table of the engine's own catalog: all of them, or none. */
  void append(List<String> path, Appending rows) {
    try (DuckDBConnection connection = root.duplicate().unwrap(DuckDBConnection.class);
        DuckDBAppender appender =
            connection.createAppender(path.get(0), path.get(1), path.get(2))) {
      rows.to(appender);
      appender.flush();
    } catch (SQLException e) {
      look(e);
      throw EngineFailures.of(e);
    }
  }

  /**
   * Has statements that begin from now on leave half of the cores to others, or none. Waits until
   * the engine's threads can be told. For one caller at a time.
   */
  void spare(boolean others) {
    if (sparing != others) {
      setThreads(others ? Math.max(1, threads / 2) : threads);
      sparing = others;
    }
  }

  /** On a connection of its own, for whoever attaches a version does not wait for this. */
  private void setThreads(int number) {
    String sql = "SET threads=" + number;
    try (Connection connection = root.duplicate();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      look(e);
      throw EngineFailures.of(e, sql);
    }
  }

  boolean spares() {
    return sparing;
  }

  void detach(String catalog) {
    try {
      kept.forget(Sql.name(catalog));
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
    execute("DETACH " + Sql.name(catalog));
  }

  private synchronized void execute(String sql) {
    try (Statement statement = root.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      look(e);
      throw EngineFailures.of(e, sql);
    }
  }

  /** Runs a small statement of our own, beside the pool: it must also run when that is in use. */
  <T> T query(String sql, RowReader<T> reader) {
    try (Connection connection = root.duplicate();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reader.read(rows);
    } catch (SQLException e) {
      look(e);
      throw EngineFailures.of(e, sql);
    }
  }

  Cursor open(String sql, List<Object> parameters) {
    Connection connection;
    try {
      connection = pool.getConnection();
    } catch (SQLException e) {
      throw Failure.of(Code.BUSY, 5).causedBy(e);
    }
    try {
      return Cursor.open(
          connection,
          kept,
          arrow.newChildAllocator("rows", 0, Long.MAX_VALUE),
          sql,
          parameters,
          this::look);
    } catch (SQLException e) {
      look(e);
      throw EngineFailures.of(e, sql);
    }
  }

  /** A fault of its own makes the engine refuse everything from then on. */
  void look(Throwable thrown) {
    lost |= EngineFailures.isLost(thrown);
  }

  /** Whether it answers nothing any more. */
  boolean lost() {
    return lost;
  }

  /** Closes what answers nothing any more; statements that are still open on it only fail. */
  void abandon() {
    try {
      close();
    } catch (RuntimeException whoeverStillHoldsRows) {
      // Their memory goes with them.
    }
  }

  @Override
  public void close() {
    pool.close();
    try {
      root.close();
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
    arrow.close();
  }

  /** Reads what it needs from rows that are closed afterwards. */
  interface RowReader<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
