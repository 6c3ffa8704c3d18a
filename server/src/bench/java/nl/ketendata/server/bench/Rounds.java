package nl.ketendata.server.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the sides of a comparison in turn, so that other load on the machine hits all alike. */
final class Rounds {
  private final Map<String, Side> sides = new LinkedHashMap<>();
  private final Map<String, List<Double>> results = new LinkedHashMap<>();

  /** One run of one side; its result is the figure, such as seconds. */
  interface Side {
    double run() throws Exception;
  }

  Rounds side(String name, Side side) {
    sides.put(name, side);
    results.put(name, new ArrayList<>());
    return this;
  }

  Rounds run(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (var side : sides.entrySet()) {
        double figure = side.getValue().run();
        System.err.println(Table.format("  %s: %.4f", side.getKey(), figure));
        results.get(side.getKey()).add(figure);
      }
    }
    return this;
  }

  /** Many rounds of something short, of which the single figures are not shown. */
  Rounds quietly(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (var side : sides.entrySet()) {
        results.get(side.getKey()).add(side.getValue().run());
      }
    }
    return this;
  }

  /** Forgets what came so far: it was to warm up. */
  void forget() {
    results.values().forEach(List::clear);
  }

  double median(String name) {
    return quantile(results.get(name).stream().mapToDouble(d -> d).toArray(), 0.5);
  }

  static double quantile(double[] figures, double share) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
  }

  /** Seconds since a {@code System.nanoTime()}. */
  static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
