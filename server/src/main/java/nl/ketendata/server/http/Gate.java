package nl.ketendata.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts requests inside, so that a server that stops can let them finish.
 *
 * <p>Ours, because Jetty's GracefulHandler comes with its connectors' own graceful stop, which
 * waits out the idle timeout of a connection whose last answer ended at that very moment.
 */
final class Gate {
  private boolean closed;
  private int inside;

  /** Whether the request may enter; if so it must {@link #leave()}. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    inside++;
    return true;
  }

  synchronized void leave() {
    inside--;
    notifyAll();
  }

  /** Lets nobody in any more and waits for those inside. */
  synchronized void close(Duration patience) throws InterruptedException {
    closed = true;
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos(); inside > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
