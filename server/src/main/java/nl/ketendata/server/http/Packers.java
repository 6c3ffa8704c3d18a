package nl.ketendata.server.http;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import nl.ketendata.server.http.deflate.Deflate;

/**
 * The threads that pack, one for each core, and the packers that they take turns with. When others
 * need the cores, whoever wants something packed does it itself.
 */
final class Packers implements AutoCloseable {
  /** The most bytes that are packed at once. */
  static final int BLOCK = 128 * 1024;

  private final ExecutorService threads;
  private final Queue<Deflate> idle;
  private final BooleanSupplier crowded;

  /**
   * @param crowded whether others need the cores
   */
  Packers(int cores, BooleanSupplier crowded) {
    this.crowded = crowded;
    AtomicInteger number = new AtomicInteger();
    this.idle = new ArrayBlockingQueue<>(4 * cores);
    this.threads =
        Executors.newFixedThreadPool(
            cores,
            task -> {
              Thread thread = new Thread(task, "ketendata-pack-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does something on one of the threads, or now when it is crowded. */
  <T> Future<T> submit(Callable<T> task) {
    if (!crowded.getAsBoolean()) {
      return threads.submit(task);
    }
    FutureTask<T> now = new FutureTask<>(task);
    now.run();
    return now;
  }

  /**
   * Packs a block in the thread that calls.
   *
   * @see Deflate#pack
   */
  byte[] pack(byte[] bytes, int from, int length, boolean last) {
    Deflate known = idle.poll();
    Deflate packer = known == null ? new Deflate(BLOCK) : known;
    try {
      return packer.pack(bytes, from, length, last);
    } finally {
      idle.offer(packer);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    idle.clear();
  }
}
