package nl.ketendata.server.http;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import nl.ketendata.server.http.deflate.Deflate;

/** The threads that pack, one for each core, and the packers that they take turns with. */
final class Packers implements AutoCloseable {
  /** The most bytes that are packed at once. */
  static final int BLOCK = 128 * 1024;

  private final ExecutorService threads;
  private final Queue<Deflate> idle;

  Packers(int cores) {
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

  /** Does something on one of the threads. */
  <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
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
