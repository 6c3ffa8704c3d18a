package nl.ketendata.server.query;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Lets so many statements run at once, and the others wait their turn for a while. A question takes
 * all that it needs at once, so that two can never hold what the other waits for.
 */
final class Admission {
  private final int places;
  private final Semaphore free;
  private final Duration wait;

  Admission(int places, Duration wait) {
    this.places = places;
    this.free = new Semaphore(places, true);
    this.wait = wait;
  }

  /**
   * @throws Failure KD430 when there is no place in time, KD413 when there never will be
   */
  void enter(int statements) {
    if (statements > places) {
      throw Failure.of(Code.TOO_LARGE, "$expand", Integer.toString(statements), places);
    }
    try {
      if (!free.tryAcquire(statements, wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failure.of(Code.BUSY, 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    }
  }

  void leave(int statements) {
    free.release(statements);
  }

  /** Statements that run now. */
  int running() {
    return places - free.availablePermits();
  }
}
