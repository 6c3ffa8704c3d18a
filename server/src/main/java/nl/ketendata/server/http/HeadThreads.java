package nl.ketendata.server.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which heads parse, plan and write. Their stack is of a known size, so that a
 * question that is nested too deeply overflows it early and alone.
 */
final class HeadThreads implements Executor, AutoCloseable {
  private static final long STACK_BYTES = 1024 * 1024;

  private final ThreadPoolExecutor pool;

  HeadThreads(Limits limits) {
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            limits.places().threads(),
            limits.places().threads(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(limits.places().waiting()),
            task ->
                new Thread(
                    null, task, "ketendata-head-" + number.incrementAndGet(), STACK_BYTES, false));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws RejectedExecutionException when all threads are taken and the queue is full
   */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Interrupts what still runs; whoever stops the server has waited already. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
