package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.DoubleConsumer;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Runs a statement that reads a file, and tells meanwhile which share of the file has been read. It
 * asks the engine from a thread of its own, which has ended when the statement has.
 *
 * @param told a share from 0 to 1, now and then
 */
record LoadWatch(DoubleConsumer told) {
  static final LoadWatch NONE = new LoadWatch(share -> {});

  /** The engine's setting by which it keeps count of how far a statement is. */
  static final String SETTING = "enable_progress_bar";

  private static final long LOOK_MILLIS = 100;
  private static final double PERCENT = 100;

  void execute(Connection connection, String sql) throws SQLException {
    if (this == NONE) {
      run(connection, sql);
      return;
    }
    setting(connection, true);
    try (Statement statement = connection.createStatement()) {
      DuckDBPreparedStatement running = statement.unwrap(DuckDBPreparedStatement.class);
      Thread looking = new Thread(() -> look(running), "ketendata-load-watch");
      looking.setDaemon(true);
      looking.start();
      try {
        statement.execute(sql);
      } finally {
        end(looking);
      }
    }
    setting(connection, false);
  }

  /** The engine keeps count only when asked: with each step of every statement, at a price. */
  private static void setting(Connection connection, boolean on) throws SQLException {
    run(connection, "SET " + SETTING + "=" + on);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void look(DuckDBPreparedStatement running) {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        double percentage = running.getQueryProgress().getPercentage();
        if (percentage > 0) {
          told.accept(Math.min(1, percentage / PERCENT));
        }
      }
    } catch (InterruptedException | SQLException ended) {
      // The statement has ended.
    }
  }

  private static void end(Thread looking) {
    looking.interrupt();
    boolean interrupted = false;
    while (looking.isAlive()) {
      try {
        looking.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
