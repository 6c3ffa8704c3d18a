package nl.ketendata.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one gemeente notices of the overload of another, in turn without it, with it, and beside a
 * strange process that keeps the cores as busy as the other did: what that costs is the machine's,
 * for with that process it shares nothing else.
 */
final class NeighbourTimes {
  private static final int TURNS = 15;
  private static final double SPELL = 3;
  private static final int OWN = 2;
  private static final int OTHERS = 50;

  private final BenchSettings settings;
  private final Table table;
  private final Served served;
  private final String own;
  private final String other;
  private final Side alone = new Side();
  private final Side beside = new Side();
  private final Side bare = new Side();
  private final List<Double> theirs = new ArrayList<>();

  /**
   * @param own the root of who asks little
   * @param other the root of who asks much
   */
  NeighbourTimes(BenchSettings settings, Table table, Served served, String own, String other) {
    this.settings = settings;
    this.table = table;
    this.served = served;
    this.own = own;
    this.other = other;
  }

  /** What was met in one of the three ways, in all spells of a round. */
  private final class Side {
    private final List<Double> seconds = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> tails = new ArrayList<>();
    private double processor;
    private double time;

    void spell(Analysts analysts) throws InterruptedException {
      double used = processor();
      long started = System.nanoTime();
      analysts.during(SPELL);
      analysts.addTo(seconds, errors);
      time += Rounds.since(started);
      processor += processor() - used;
    }

    /** Cores that the server and the clients kept busy. */
    double cores() {
      return processor / time;
    }

    void endRound(Analysts.Met base) {
      medians.add(met().median() / base.median());
      tails.add(met().p95() / base.p95());
    }

    Analysts.Met met() {
      return Analysts.Met.of(seconds, errors);
    }
  }

  private double processor() {
    Duration clients = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return clients.toMillis() / 1_000.0 + served.child().processorSeconds();
  }

  void run() throws Exception {
    try (Analysts analysts = Analysts.start(own, OWN, 20)) {
      analysts.during(5);
      for (int round = 0; round < settings.rounds(); round++) {
        round(analysts);
      }
    }
    row(Table.format("%d analysts beside %d of a neighbour", OWN, OTHERS), beside, "p95 ≤ 1.2");
    row(
        Table.format("the same beside a process that burns as much, %.2f cores", burnt()),
        bare,
        "the machine's own");
    table.row("the neighbour's meanwhile", Analysts.Met.of(theirs, List.of()).toString());
  }

  private void round(Analysts analysts) throws Exception {
    List.of(alone, beside, bare).forEach(side -> side.seconds.clear());
    for (int turn = 0; turn < TURNS; turn++) {
      alone.spell(analysts);
      besideOthers(analysts);
      besideBurner(analysts);
    }
    Analysts.Met base = alone.met();
    beside.endRound(base);
    bare.endRound(base);
    System.err.println(
        Table.format("  alone: %s; beside: %s; bare: %s", base, beside.met(), bare.met()));
  }

  private void besideOthers(Analysts analysts) throws InterruptedException {
    try (Analysts others = Analysts.start(other, OTHERS, 0)) {
      others.during(1);
      others.forget();
      beside.spell(analysts);
      others.addTo(theirs, new ArrayList<>());
    }
  }

  private void besideBurner(Analysts analysts) throws Exception {
    String cores = Table.format("%.2f", burnt());
    try (Child burner = Child.main(settings, "32m", Burner.class, cores)) {
      burner.line();
      analysts.during(1);
      bare.spell(analysts);
    }
  }

  /** What the neighbour's overload took: on the server, and its clients. */
  private double burnt() {
    return Math.max(0, beside.cores() - alone.cores());
  }

  private void row(String what, Side side, String promise) {
    table.row(
        what + Table.format(", %d × %.0f s", settings.rounds(), TURNS * SPELL),
        side.met().toString(),
        "alone: " + alone.met(),
        Table.format(
            "p95 %.2f (%s), p50 %.2f",
            median(side.tails),
            side.tails.stream().map(Table::ratio).toList(),
            median(side.medians)),
        promise);
  }

  private static double median(List<Double> ratios) {
    return Rounds.quantile(ratios.stream().mapToDouble(d -> d).toArray(), 0.5);
  }
}
