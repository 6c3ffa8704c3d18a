package nl.ketendata.server.query;

import java.time.Duration;
import nl.ketendata.server.share.Room;

/**
 * What questions may take.
 *
 * @param open statements that are open at once, also while their clients read
 * @param running threads that work at once: plan, let the engine run, write
 * @param waiting questions of one organisation that wait to be opened
 * @param patience how long a question waits before it is refused
 * @param statement how long the engine may work on a statement of SQL or a count
 * @param export how long the engine may work on a stream of rows; the time that a client takes to
 *     read does not count
 */
public record Limits(
    int open, int running, int waiting, Duration patience, Duration statement, Duration export) {
  private static final int WAITING = 32;

  /** Limits with as many waiting questions as is usual; all that is open may run. */
  public Limits(int open, Duration patience, Duration statement, Duration export) {
    this(open, open, WAITING, patience, statement, export);
  }

  /** Room for as many threads as may run statements, of which half really run at once. */
  Room room() {
    return new Room(Math.max(1, running / 2), running, open + waiting, patience);
  }
}
