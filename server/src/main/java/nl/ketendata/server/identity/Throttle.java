package nl.ketendata.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: after five failures of one key the next try must wait 1, 2, 4 … 300 seconds.
 * Nobody is locked out for good, since that would let anyone lock out anybody.
 */
final class Throttle {
  private static final int FREE_FAILURES = 5;
  private static final Duration LONGEST = Duration.ofSeconds(300);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private final Clock clock;
  private final Map<String, Failures> failures;

  /**
   * @param keys how many keys are remembered; the one longest unused is forgotten first
   */
  Throttle(Clock clock, int keys) {
    this.clock = clock;
    this.failures =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > keys;
          }
        };
  }

  /** How long this key must wait; zero when it need not. */
  synchronized Duration waitFor(String key) {
    Failures known = failures.get(key);
    if (known == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), known.until());
    return left.isNegative() ? Duration.ZERO : left;
  }

  synchronized void failed(String key) {
    Instant now = clock.instant();
    Failures known = failures.get(key);
    boolean fresh = known == null || known.last().plus(FORGOTTEN_AFTER).isBefore(now);
    int count = fresh ? 1 : known.count() + 1;
    failures.put(key, new Failures(count, now, now.plus(penalty(count))));
  }

  synchronized void succeeded(String key) {
    failures.remove(key);
  }

  private static Duration penalty(int count) {
    if (count < FREE_FAILURES) {
      return Duration.ZERO;
    }
    int doublings = Math.min(count - FREE_FAILURES, 9);
    Duration penalty = Duration.ofSeconds(1L << doublings);
    return penalty.compareTo(LONGEST) > 0 ? LONGEST : penalty;
  }

  private record Failures(int count, Instant last, Instant until) {}
}
