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

  private static final long LOOK_MILLIS = 100;
  private static final double PERCENT = 100;

  void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (this == NONE) {
        statement.execute(sql);
        return;
      }
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
