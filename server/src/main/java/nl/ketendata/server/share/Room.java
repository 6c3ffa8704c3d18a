package nl.ketendata.server.share;

import java.time.Duration;

/**
 * How much work there may be at once.
 *
 * @param cores threads that really run at the same time
 * @param places threads that may work at once: more than cores, so that who asked little lately
 *     need not wait for who asked much
 * @param waiting requests of one organisation that wait for a place; the next is refused
 * @param patience how long a request waits for its first place
 */
public record Room(int cores, int places, int waiting, Duration patience) {

  /** What one organisation may hold when nobody else was here lately. */
  int alone() {
    return Math.max(1, places - 1);
  }

  /** What who asked more than its part lately may hold, as long as that is soon over. */
  int heavy() {
    return Math.max(1, cores - 1);
  }

  /** The same, with what takes long. */
  int heavyWithLong() {
    return Math.max(heavy(), Math.min(cores, places));
  }
}
