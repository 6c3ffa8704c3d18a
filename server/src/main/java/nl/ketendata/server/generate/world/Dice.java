package nl.ketendata.server.generate.world;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws, all from one seeded source. */
public final class Dice {
  private final RandomGenerator random;

  public Dice(RandomGenerator random) {
    this.random = random;
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from low to high, both included. */
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public long bits() {
    return random.nextLong();
  }

  public double share() {
    return random.nextDouble();
  }
}
