package nl.ketendata.server.generate;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws, all from one seeded source. */
final class Dice {
  private final RandomGenerator random;

  Dice(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from low to high, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  long bits() {
    return random.nextLong();
  }

  double share() {
    return random.nextDouble();
  }
}
