package nl.ketendata.server.query;

import java.util.Optional;
import nl.ketendata.server.share.Work;
import nl.ketendata.server.share.Workplaces;

/**
 * The right of one stream to let the engine work: that of its thread, when that has a place to
 * work, and otherwise a place for one batch at a time, so that a client that reads slowly keeps
 * nobody waiting.
 */
final class Turn {
  private final Workplaces places;
  private final String who;
  private Optional<Work> own = Optional.empty();
  private boolean begun;

  /**
   * @param who on whose share it runs
   */
  Turn(Workplaces places, String who) {
    this.places = places;
    this.who = who;
  }

  /** Waits for its turn; the first batch can still be refused, a later one would cut an answer. */
  void take() {
    Optional<Work> here = places.here();
    if (here.isPresent()) {
      here.get().resume();
    } else {
      Work work = places.work(who);
      own = Optional.of(work);
      if (begun) {
        work.goOn();
      } else {
        work.begin();
      }
    }
    begun = true;
  }

  void giveBack() {
    own.ifPresent(Work::close);
    own = Optional.empty();
  }

  /** Does something now, when there is a place that nobody waits for. */
  void ifFree(Runnable task) {
    places.ifFree(who, task);
  }
}
