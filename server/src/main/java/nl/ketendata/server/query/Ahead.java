package nl.ketendata.server.query;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that load the next batch of a stream while its reader writes the one before. They are
 * few: a reader that comes for a batch on which nobody has begun loads it itself.
 */
final class Ahead implements AutoCloseable {
  private final ExecutorService threads;

  Ahead(int most) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            most,
            task -> {
              Thread thread = new Thread(task, "ketendata-ahead-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Has a task run soon. */
  void begin(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closing) {
      // Its reader does it.
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
