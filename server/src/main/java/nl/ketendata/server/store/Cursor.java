package nl.ketendata.server.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * A running statement whose rows come as Arrow batches; nothing is materialised. One thread reads;
 * any thread may {@link #cancel}.
 */
public final class Cursor implements Batches {
  /** Rows in a batch: enough to amortise its cost, little enough to send a first byte early. */
  private static final int BATCH = 4096;

  /** All that the driver says of a streamed answer that fails before its first rows. */
  private static final String WITHOUT_REASON = "Invalid result set";

  private final Connection pooled;
  private final DuckDBConnection connection;
  private final KeptStatements kept;
  private final PreparedStatement statement;
  private final String sql;
  private final List<Object> parameters;
  private final BufferAllocator allocator;
  private final Consumer<Throwable> told;
  private PreparedStatement running;
  private ResultSet rows;
  private ArrowReader reader;
  private boolean cancelled;
  private boolean failed;
  private boolean closed;

  private Cursor(
      Connection pooled,
      DuckDBConnection connection,
      KeptStatements kept,
      PreparedStatement statement,
      String sql,
      List<Object> parameters,
      BufferAllocator allocator,
      Consumer<Throwable> told) {
    this.pooled = pooled;
    this.connection = connection;
    this.kept = kept;
    this.statement = statement;
    this.sql = sql;
    this.parameters = parameters;
    this.allocator = allocator;
    this.told = told;
    this.running = statement;
  }

  /**
   * Owns the connection from here on, also when opening fails.
   *
   * @param told of every exception of the engine
   */
  static Cursor open(
      Connection pooled,
      KeptStatements kept,
      BufferAllocator allocator,
      String sql,
      List<Object> parameters,
      Consumer<Throwable> told)
      throws SQLException {
    DuckDBConnection connection = pooled.unwrap(DuckDBConnection.class);
    PreparedStatement statement;
    try {
      statement = kept.take(connection, sql);
    } catch (SQLException e) {
      closeAll(() -> kept.release(connection), pooled, allocator);
      throw e;
    }
    Cursor cursor =
        new Cursor(pooled, connection, kept, statement, sql, parameters, allocator, told);
    try {
      bind(statement, parameters);
    } catch (SQLException | RuntimeException e) {
      cursor.failed = true;
      cursor.close();
      throw EngineFailures.of(e);
    }
    return cursor;
  }

  private static void bind(PreparedStatement statement, List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }

  /**
   * Loads the next batch; the first call runs the statement.
   *
   * @return false when there are no more rows
   * @throws Failure KD420 after {@link #cancel}, KD407 for a value that does not fit, KD414 for
   *     want of memory
   */
  @Override
  public boolean advance() {
    try {
      return start().loadNextBatch();
    } catch (IOException | SQLException | RuntimeException e) {
      failed = true;
      told.accept(e);
      throw EngineFailures.of(e, sql);
    }
  }

  /** Whether the batch is as large as batches get, so that another one may follow. */
  @Override
  public boolean full() {
    return batch().getRowCount() >= BATCH;
  }

  /** The batch that was loaded last. */
  @Override
  public VectorSchemaRoot batch() {
    try {
      return start().getVectorSchemaRoot();
    } catch (IOException | SQLException | RuntimeException e) {
      throw EngineFailures.of(e);
    }
  }

  private ArrowReader start() throws SQLException {
    if (reader == null) {
      rows = run();
      reader = (ArrowReader) rows.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH);
    }
    return reader;
  }

  private ResultSet run() throws SQLException {
    try {
      return statement.executeQuery();
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains(WITHOUT_REASON)) {
        findReason(e);
      }
      throw e;
    }
  }

  /**
   * Explaining with a run is not streamed, and so fails with the reason; it costs the run again.
   */
  private void findReason(SQLException thrown) throws SQLException {
    try (PreparedStatement explained = connection.prepareStatement("EXPLAIN ANALYZE " + sql)) {
      bind(explained, parameters);
      if (!beginsToRun(explained)) {
        throw Failure.of(Code.CANCELLED).causedBy(thrown);
      }
      explained.execute();
    } finally {
      beginsToRun(statement);
    }
  }

  private synchronized boolean beginsToRun(PreparedStatement next) {
    running = next;
    return !cancelled;
  }

  /** Stops the statement; the reading thread gets KD420. */
  @Override
  public synchronized void cancel() {
    if (closed) {
      return;
    }
    cancelled = true;
    try {
      running.cancel();
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAll(
        this::closeRows, this::endStatement, () -> kept.release(connection), pooled, allocator);
  }

  /** Each is closed, whatever happens to the ones before it. */
  private static void closeAll(AutoCloseable... parts) {
    Exception failure = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw EngineFailures.of(failure);
    }
  }

  private void closeRows() throws IOException, SQLException {
    if (reader != null) {
      reader.close();
    }
    if (rows != null) {
      rows.close();
    }
  }

  private void endStatement() throws SQLException {
    if (failed || cancelled) {
      statement.close();
    } else {
      kept.keep(connection, sql, statement);
    }
  }
}
