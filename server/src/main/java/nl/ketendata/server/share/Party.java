package nl.ketendata.server.share;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** One organisation: what it holds, who waits, and how much it worked lately. */
final class Party {
  /** What was worked so long ago counts half. */
  private static final double HALF_LIFE = Duration.ofSeconds(3).toNanos();

  /** What somebody who works on one core all the time comes to. */
  private static final double FULL = HALF_LIFE / Math.log(2);

  /** Work that takes longer is not soon over: others of the same organisation pass it. */
  private static final long LONG = Duration.ofMillis(250).toNanos();

  final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Set<Place> held = new HashSet<>();
  private double worked;
  private long counted;
  private long seen;
  private long moved;

  Party(long now) {
    this.counted = now;
    this.seen = now;
    this.moved = now;
  }

  /** Cores that it worked on lately, on average. */
  double worked(long now) {
    long running = held.stream().mapToLong(place -> now - place.since()).sum();
    return (finished(now) + running) / FULL;
  }

  private double finished(long now) {
    worked *= Math.pow(0.5, Math.max(0, now - counted) / HALF_LIFE);
    counted = now;
    return worked;
  }

  void take(Place place) {
    held.add(place);
    moved = place.since();
  }

  /**
   * @param cpu nanoseconds that the work took of a core
   */
  void giveBack(Place place, long cpu, long now) {
    worked = finished(now) + cpu;
    seen = now;
    moved = now;
    held.remove(place);
  }

  void asks(long now) {
    seen = now;
    if (held.isEmpty() && waiting.isEmpty()) {
      moved = now;
    }
  }

  /** Whether it has waited since then, and neither began nor ended anything. */
  boolean stoodStill(long since) {
    return moved - since < 0;
  }

  int held() {
    return held.size();
  }

  /** Places held for work that is expected to be over soon. */
  long heldShortly(long now) {
    return held.stream().filter(place -> now - place.since() < LONG).count();
  }

  /** Whether it works or waits, or did so since then. */
  boolean wasHere(long since) {
    return !held.isEmpty() || !waiting.isEmpty() || seen - since >= 0;
  }
}
