package nl.ketendata.server.flight;

import java.time.Duration;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

/** Waits for a client to take what was sent, but not for ever: its rows hold a place here. */
final class Patience {
  private final ServerStreamListener listener;
  private final Duration most;
  private boolean gone;

  /**
   * @param whenGone told when the client has left
   */
  Patience(ServerStreamListener listener, Duration most, Runnable whenGone) {
    this.listener = listener;
    this.most = most;
    listener.setOnReadyHandler(this::wake);
    Runnable goes =
        () -> {
          leave();
          whenGone.run();
        };
    listener.setOnCancelHandler(goes);
    if (listener.isCancelled()) {
      // It may have left before anybody listened.
      goes.run();
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void leave() {
    gone = true;
    notifyAll();
  }

  synchronized boolean isGone() {
    return gone || listener.isCancelled();
  }

  /**
   * Returns when the client can take more.
   *
   * @return whether it is still there
   * @throws Failure KD560 when it took nothing for too long
   */
  synchronized boolean await() {
    long deadline = System.nanoTime() + most.toNanos();
    while (!listener.isReady()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (isGone()) {
        return false;
      }
      if (left <= 0) {
        throw Failure.of(Code.SLOW_READER, most.toSeconds());
      }
      try {
        wait(Math.min(left, 1_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.of(Code.CANCELLED).causedBy(e);
      }
    }
    return !isGone();
  }
}
