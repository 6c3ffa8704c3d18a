package nl.ketendata.server.http;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/** The threads that pack, one for each core, and the packers that they take turns with. */
final class Packers implements AutoCloseable {
  private final ExecutorService threads;
  private final Queue<Deflater> idle;

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

  /** A packer at the fastest level, without header, with nothing in it. */
  Deflater take() {
    Deflater known = idle.poll();
    return known == null ? new Deflater(Deflater.BEST_SPEED, true) : known;
  }

  void giveBack(Deflater deflater) {
    deflater.reset();
    if (!idle.offer(deflater)) {
      deflater.end();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    idle.forEach(Deflater::end);
    idle.clear();
  }
}
