package nl.ketendata.server.flight;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.TypedBatch;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Sends rows, on threads of its own: on those of gRPC the news that a client is ready, or gone,
 * would wait behind the very call that waits for it.
 */
final class Streams implements AutoCloseable {
  private static final int BUSY_SECONDS = 5;
  private static final long GRACE_SECONDS = 5;

  private final BufferAllocator allocator;
  private final Faults faults;
  private final Limits limits;
  private final ThreadPoolExecutor threads;

  Streams(BufferAllocator allocator, Faults faults, Limits limits) {
    this.allocator = allocator;
    this.faults = faults;
    this.limits = limits;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            limits.streams(),
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            task -> new Thread(task, "ketendata-flight-stream-" + number.incrementAndGet()));
  }

  /** Begins to run a statement. */
  interface Opening {
    RowStream open();
  }

  /** Sends the rows of an answer; returns at once. */
  void send(Result result, Opening opening, Gate gate, ServerStreamListener listener) {
    later(listener, gate, () -> run(result, opening, listener));
  }

  /** Sends rows that are at hand; returns at once. */
  void send(Listing listing, Gate gate, ServerStreamListener listener) {
    later(
        listener,
        gate,
        () -> {
          Patience patience = new Patience(listener, limits.stalled(), () -> {});
          try (VectorSchemaRoot root = listing.fill(allocator)) {
            listener.start(root);
            if (patience.await()) {
              listener.putNext();
            }
          }
          complete(patience, listener);
        });
  }

  private void later(ServerStreamListener listener, Gate gate, Runnable task) {
    try {
      threads.execute(() -> guarded(listener, gate, task));
    } catch (RejectedExecutionException e) {
      throw Failure.of(Code.BUSY, BUSY_SECONDS).causedBy(e);
    }
  }

  private void guarded(ServerStreamListener listener, Gate gate, Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      if (!listener.isCancelled()) {
        listener.error(faults.refusal(gate, thrown));
      }
    }
  }

  private void run(Result result, Opening opening, ServerStreamListener listener) {
    Patience patience;
    try (RowStream rows = opening.open()) {
      result.begins(rows);
      patience = new Patience(listener, limits.stalled(), rows::cancel);
      try {
        send(rows, Fields.answer(result.sql().columns()), patience, listener);
      } catch (Failure failure) {
        if (!patience.isGone()) {
          throw failure;
        }
      } finally {
        result.ended(rows);
      }
    }
    complete(patience, listener);
  }

  /**
   * Tells the client that it has all. By then its statement has given its place back and is written
   * down, so that the client finds both when it asks again at once.
   */
  private static void complete(Patience patience, ServerStreamListener listener) {
    if (!patience.isGone()) {
      listener.completed();
    }
  }

  private void send(
      RowStream rows, Schema schema, Patience patience, ServerStreamListener listener) {
    boolean more = rows.advance();
    BufferAllocator own = more ? allocator(rows.batch()).orElse(allocator) : allocator;
    try (TypedBatch outgoing = new TypedBatch(schema, own)) {
      listener.start(outgoing.root());
      while (more && patience.await()) {
        outgoing.take(rows.batch());
        listener.putNext();
        outgoing.root().clear();
        more = rows.advance();
      }
    }
  }

  private static Optional<BufferAllocator> allocator(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream().findFirst().map(vector -> vector.getAllocator());
  }

  /** Stops what still sends, and waits for it to let go of its memory. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
