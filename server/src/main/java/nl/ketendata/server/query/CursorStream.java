package nl.ketendata.server.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Batches;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of a cursor, within a budget of engine time. As soon as a batch is full, the next one is
 * loaded while the reader is at work on it: one batch, so that memory stays bounded. Few rows come
 * without that, for a hand-over to another thread costs more than it gains.
 */
final class CursorStream implements RowStream {
  private static final Duration AGAIN = Duration.ofMillis(50);

  private final Batches cursor;
  private final List<OutputColumn> columns;
  private final Map<Thread, RowStream> working;
  private final Deadlines deadlines;
  private final Ahead ahead;
  private final Turn turn;
  private final Duration budget;
  private final Ending ending;
  private Optional<Shelf> shelf = Optional.empty();
  private Optional<FutureTask<Boolean>> next = Optional.empty();
  private Duration left;
  private long rows;
  private volatile boolean late;
  private volatile boolean cancelled;
  private volatile boolean closed;

  /**
   * @param working who waits for what, for who must stop it
   * @param ahead loads next batches
   * @param turn taken for every batch
   * @param budget how long the engine may work in all
   * @param ending told once, when the rows are closed
   */
  CursorStream(
      Batches cursor,
      List<OutputColumn> columns,
      Map<Thread, RowStream> working,
      Deadlines deadlines,
      Ahead ahead,
      Turn turn,
      Duration budget,
      Ending ending) {
    this.cursor = cursor;
    this.columns = columns;
    this.working = working;
    this.deadlines = deadlines;
    this.ahead = ahead;
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
    working.put(Thread.currentThread(), this);
    try {
      boolean more = next.isPresent() ? loaded(next.get()) : load();
      next = Optional.empty();
      refuseCancelled();
      if (more) {
        rows += cursor.batch().getRowCount();
        readAhead();
      }
      return more;
    } finally {
      working.remove(Thread.currentThread());
    }
  }

  /** Makes room for the next batch and begins to load it, when there may be one. */
  private void readAhead() {
    boolean full = cursor.full();
    if (shelf.isEmpty() && !full) {
      return;
    }
    if (shelf.isEmpty()) {
      shelf = Optional.of(new Shelf(cursor.batch()));
    }
    shelf.get().take(cursor.batch());
    if (full) {
      FutureTask<Boolean> task = new FutureTask<>(this::load);
      next = Optional.of(task);
      ahead.begin(() -> turn.ifFree(task));
    }
  }

  /** Waits for a batch; loads it here when nobody has begun. */
  private static boolean loaded(FutureTask<Boolean> task) {
    task.run();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private boolean load() {
    refuseCancelled();
    turn.take();
    long started = System.nanoTime();
    Future<?> deadline =
        deadlines.after(
            left,
            () -> {
              late = true;
              cursor.cancel();
            });
    try {
      return cursor.advance();
    } catch (Failure failure) {
      throw late
          ? Failure.of(Code.TIMED_OUT, budget.toSeconds() + " s").causedBy(failure)
          : failure;
    } finally {
      deadline.cancel(false);
      left = left.minusNanos(System.nanoTime() - started);
      turn.giveBack();
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
    return shelf.map(Shelf::batch).orElseGet(cursor::batch);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    next.ifPresent(this::stop);
    closed = true;
    try {
      shelf.ifPresent(Shelf::close);
      cursor.close();
    } finally {
      ending.closed(rows, budget.minus(left));
    }
  }

  /** Nothing may load any more when the cursor is closed, for that frees what it loads into. */
  private void stop(FutureTask<Boolean> task) {
    if (!task.isDone()) {
      cancel();
      task.run();
    }
    boolean interrupted = false;
    for (boolean over = false; !over; ) {
      try {
        task.get();
        over = true;
      } catch (ExecutionException stopped) {
        over = true;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
