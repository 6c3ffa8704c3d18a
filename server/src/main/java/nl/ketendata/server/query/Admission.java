package nl.ketendata.server.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * A number of places, and those who wait for one. A question takes all that it needs at once, so
 * that two can never hold what the other waits for.
 *
 * <p>Fair between organisations, not between questions: one alone holds all places but one, so that
 * there is always one for another, and half as long as another was here in the last minute. Who
 * holds fewest is served first. Only so many of one organisation wait; the next is refused at once,
 * which is kinder than five seconds later.
 */
final class Admission {
  private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

  private final int places;
  private final int queue;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> held = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private int taken;

  /**
   * @param queue of one organisation that wait
   * @param nanos the time, as {@link System#nanoTime}
   */
  Admission(int places, int queue, LongSupplier nanos) {
    this.places = places;
    this.queue = queue;
    this.nanos = nanos;
  }

  private record Waiting(String organisation, int statements, Condition turn, boolean[] admitted) {}

  /**
   * @param organisation who is to give the places back with {@link #leave}
   * @param patience how long to wait for them
   * @throws Failure KD430 when there is no place in time, KD413 when there never will be
   */
  void enter(String organisation, int statements, Duration patience) {
    lock.lock();
    try {
      if (!enterNow(organisation, statements)) {
        await(organisation, statements, patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes places when there are any.
   *
   * @throws Failure KD413 when there never will be
   */
  boolean enterNow(String organisation, int statements) {
    if (statements > half()) {
      throw Failure.of(Code.TOO_LARGE, "$expand", Integer.toString(statements), half());
    }
    lock.lock();
    try {
      seen.put(organisation, nanos.getAsLong());
      if (waiting.stream().anyMatch(this::isNext) || !fits(organisation, statements)) {
        return false;
      }
      take(organisation, statements);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave(String organisation, int statements) {
    if (statements == 0) {
      return;
    }
    lock.lock();
    try {
      taken -= statements;
      held.merge(organisation, -statements, Integer::sum);
      held.remove(organisation, 0);
      admit();
    } finally {
      lock.unlock();
    }
  }

  private void await(String organisation, int statements, Duration patience)
      throws InterruptedException {
    long same = waiting.stream().filter(other -> other.organisation().equals(organisation)).count();
    if (same >= queue) {
      throw Failure.of(Code.BUSY, patience.toSeconds());
    }
    Waiting mine = new Waiting(organisation, statements, lock.newCondition(), new boolean[1]);
    waiting.add(mine);
    try {
      long left = patience.toNanos();
      while (!mine.admitted()[0]) {
        if (left <= 0) {
          throw Failure.of(Code.BUSY, patience.toSeconds());
        }
        left = mine.turn().awaitNanos(left);
      }
    } catch (InterruptedException e) {
      giveBack(mine);
      throw e;
    } finally {
      waiting.remove(mine);
    }
  }

  /** The place may have come at the very moment that its owner was told to stop. */
  private void giveBack(Waiting mine) {
    if (mine.admitted()[0]) {
      leave(mine.organisation(), mine.statements());
    }
  }

  /** Those who hold fewest first; of equals the one that waits longest. */
  private void admit() {
    List<Waiting> order = new ArrayList<>(waiting);
    order.sort(Comparator.comparingInt(each -> held.getOrDefault(each.organisation(), 0)));
    for (Waiting next : order) {
      if (!next.admitted()[0] && inShare(next.organisation(), next.statements())) {
        if (!fits(next.organisation(), next.statements())) {
          // Others that need fewer places must not keep this one waiting for ever.
          return;
        }
        take(next.organisation(), next.statements());
        next.admitted()[0] = true;
        next.turn().signal();
      }
    }
  }

  private void take(String organisation, int statements) {
    taken += statements;
    held.merge(organisation, statements, Integer::sum);
  }

  /** Whether it waits for places only, not for its own organisation: nobody passes it then. */
  private boolean isNext(Waiting other) {
    return !other.admitted()[0] && inShare(other.organisation(), other.statements());
  }

  private boolean fits(String organisation, int statements) {
    return taken + statements <= places && inShare(organisation, statements);
  }

  private boolean inShare(String organisation, int statements) {
    return held.getOrDefault(organisation, 0) + statements <= share(organisation);
  }

  private int share(String organisation) {
    long since = nanos.getAsLong() - REMEMBERED;
    seen.values().removeIf(moment -> moment - since < 0);
    boolean alone = seen.keySet().stream().allMatch(organisation::equals);
    return alone ? Math.max(half(), places - 1) : half();
  }

  private int half() {
    return Math.max(1, places / 2);
  }

  /** Questions that have no places yet. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Statements that run now. */
  int running() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
