package nl.ketendata.server.query;

import java.time.Duration;

/**
 * The right of one stream to let the engine work. Held for one batch at a time, so that a client
 * that reads slowly keeps nobody waiting.
 */
final class Turn {
  private final Admission turns;
  private final String who;
  private final Duration later;
  private Duration patience;

  /**
   * @param first how long to wait for the first batch: nothing was sent yet, so it can be refused
   * @param later the same for others, which would cut an answer
   */
  Turn(Admission turns, String who, Duration first, Duration later) {
    this.turns = turns;
    this.who = who;
    this.patience = first;
    this.later = later;
  }

  void take() {
    turns.enter(who, 1, patience);
    patience = later;
  }

  void giveBack() {
    turns.leave(who, 1);
  }
}
