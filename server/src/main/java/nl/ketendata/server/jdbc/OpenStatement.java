package nl.ketendata.server.jdbc;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import org.apache.calcite.avatica.Meta.Frame;

/** A statement of a client: what it asks, when it was prepared, and the rows that it reads. */
final class OpenStatement implements AutoCloseable {
  private final int id;
  private final Optional<PreparedSql> prepared;

  /** Held by who reads the rows or gives them back. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean ending;
  private volatile Optional<RowStream> running = Optional.empty();
  private volatile Optional<Cursor> cursor = Optional.empty();

  OpenStatement(int id, Optional<PreparedSql> prepared) {
    this.id = id;
    this.prepared = prepared;
  }

  int id() {
    return id;
  }

  Optional<PreparedSql> prepared() {
    return prepared;
  }

  Optional<Cursor> cursor() {
    return cursor;
  }

  /** From here on the rows can be stopped, though nobody has read the first one. */
  void runs(RowStream rows) {
    running = Optional.of(rows);
    if (ending) {
      rows.cancel();
    }
  }

  /** Before it is closed: stops what the engine does, or begins to do, for another request. */
  void cancel() {
    ending = true;
    running.ifPresent(RowStream::cancel);
  }

  /** Reads other rows from now on; those before are given back. */
  void read(Cursor rows) {
    lock.lock();
    try {
      cursor.ifPresent(Cursor::close);
      cursor = Optional.of(rows);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next rows; when they fail the rest is given back.
   *
   * @throws Failure KD411 when they were given back already
   */
  Frame frame(int wanted, Instant now) {
    lock.lock();
    try {
      return cursor
          .orElseThrow(() -> Failure.of(Code.ROWS_GONE, Integer.toString(id)))
          .frame(wanted, now);
    } catch (RuntimeException e) {
      close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves rows alone that somebody reads at this moment. */
  void closeRowsIdleSince(Instant moment) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      if (cursor.filter(rows -> rows.idleSince(moment)).isPresent()) {
        close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives the rows back. */
  @Override
  public void close() {
    lock.lock();
    try {
      cursor.ifPresent(Cursor::close);
      cursor = Optional.empty();
      running = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
