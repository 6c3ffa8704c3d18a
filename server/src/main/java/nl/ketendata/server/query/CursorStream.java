package nl.ketendata.server.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Cursor;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows of a cursor, within a budget of engine time. */
final class CursorStream implements RowStream {
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final Cursor cursor;
  private final List<OutputColumn> columns;
  private final Map<Thread, Cursor> working;
  private final Deadlines deadlines;
  private final Turn turn;
  private final Duration budget;
  private final Ending ending;
  private Duration left;
  private long rows;
  private volatile boolean late;
  private volatile boolean cancelled;
  private volatile boolean closed;

  /**
   * @param working who is at work on what, for who must stop it
   * @param turn taken for every batch
   * @param budget how long the engine may work in all
   * @param ending told once, when the rows are closed
   */
  CursorStream(
      Cursor cursor,
      List<OutputColumn> columns,
      Map<Thread, Cursor> working,
      Deadlines deadlines,
      Turn turn,
      Duration budget,
      Ending ending) {
    this.cursor = cursor;
    this.columns = columns;
    this.working = working;
    this.deadlines = deadlines;
    this.turn = turn;
    this.budget = budget;
    this.left = budget;
    this.ending = ending;
  }

  @Override
  public List<OutputColumn> columns() {
    return columns;
  }

  @Override
  public boolean advance() {
    refuseCancelled();
    long started = System.nanoTime();
    Future<?> deadline =
        deadlines.after(
            left,
            () -> {
              late = true;
              cursor.cancel();
            });
    try {
      boolean more = cursor.advance();
      refuseCancelled();
      rows += more ? cursor.batch().getRowCount() : 0;
      return more;
    } catch (Failure failure) {
      throw late
          ? Failure.of(Code.TIMED_OUT, budget.toSeconds() + " s").causedBy(failure)
          : failure;
    } finally {
      deadline.cancel(false);
      left = left.minusNanos(System.nanoTime() - started);
    }
  }

  private void refuseCancelled() {
    if (cancelled) {
      throw Failure.of(Code.CANCELLED);
    }
  }

  /** The engine forgets a cancellation that comes just before a statement starts: so, again. */
  @Override
  public void cancel() {
    if (closed) {
      return;
    }
    cancelled = true;
    cursor.cancel();
    deadlines.after(AGAIN, this::cancel);
  }

  @Override
  public VectorSchemaRoot batch() {
    return cursor.batch();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      cursor.close();
    } finally {
      ending.closed(rows, budget.minus(left));
    }
  }

  /** Hears how it went. */
  interface Ending {
    /**
     * @param rows that were read
     * @param worked how long the engine took for them
     */
    void closed(long rows, Duration worked);
  }
}
