package nl.ketendata.server.share;

import java.util.Optional;
import java.util.concurrent.locks.Condition;

/** Somebody who waits for a place. */
final class Waiting {
  final Condition turn;
  Optional<Place> got = Optional.empty();

  Waiting(Condition turn) {
    this.turn = turn;
  }
}
