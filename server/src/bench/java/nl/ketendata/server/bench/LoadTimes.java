package nl.ketendata.server.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many clients at once, good and bad ones, of two gemeenten. The clients share the machine with the
 * server, so they cost it something too.
 */
final class LoadTimes {
  private static final String NEIGHBOUR = "GM9031";
  private static final long SMALL = 20_000;
  private static final int ANALYSTS = 50;
  private static final int ABORTED = 10_000;

  private final BenchSettings settings;
  private final Table table;

  LoadTimes(BenchSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  void run() throws Exception {
    Path folder = twoGemeenten();
    try (Served served = Served.start(settings, "512m", folder)) {
      many(served, 1_000, settings.load());
      many(served, 0, Math.min(60, settings.load()));
      String own = root(served, NEIGHBOUR);
      new NeighbourTimes(settings, table, served, own, root(served, DataSet.GEMEENTE)).run();
      slow(served);
      aborted(served);
      table.row(
          "memory after all this, -Xmx512m",
          Table.format(
              "%,d MB resident, %,d MB heap",
              served.child().peakResident(), served.child().peakHeap()));
    }
  }

  /** The data, with a small neighbour beside it; the deliveries are not kept. */
  private Path twoGemeenten() throws Exception {
    Path home = settings.work().resolve("buren-" + settings.messages());
    Path folder = home.resolve("data");
    if (!Files.exists(home.resolve("compleet"))) {
      DataSet.delete(home);
      takeIn(DataSet.GEMEENTE, settings.messages(), home.resolve("levering"), folder);
      takeIn(NEIGHBOUR, SMALL, home.resolve("levering"), folder);
      Files.createFile(home.resolve("compleet"));
    }
    return folder;
  }

  private void takeIn(String gemeente, long messages, Path out, Path folder) throws Exception {
    Path zip = DataSet.generate(settings, gemeente, messages, out);
    DataSet.ingest(settings, gemeente, zip, folder).close();
    DataSet.delete(out);
  }

  private void many(Served served, int think, double seconds) throws Exception {
    try (Analysts analysts = Analysts.start(root(served, DataSet.GEMEENTE), ANALYSTS, think)) {
      analysts.during(20);
      try (Holdings holdings = Holdings.watch(served, 2)) {
        Analysts.Met met = analysts.during(seconds);
        table.row(
            Table.format("%d analysts, thinking up to %d ms, for %.0f s", ANALYSTS, think, seconds),
            met.toString(),
            Table.format("%.0f answers/s", met.answered() / seconds),
            "",
            think == 0 ? "" : "p95 ≤ 400 ms, 0 errors");
        table.row("what the server held meanwhile", holdings.growth(), "", "", "flat");
      }
    }
  }

  private void slow(Served served) throws Exception {
    try (Analysts own = Analysts.start(root(served, DataSet.GEMEENTE), 4, 50);
        Hostile hostile = new Hostile(served.url())) {
      own.during(5);
      Analysts.Met alone = own.during(20);
      hostile.read(200, "/odata/" + DataSet.GEMEENTE + "/ijw/JW323_Prestatie");
      hostile.drip(1_000);
      Thread.sleep(12_000);
      List<Double> live = new ArrayList<>();
      Thread watch = live(served, live);
      Analysts.Met beside = own.during(30);
      watch.interrupt();
      watch.join();
      compare("4 analysts beside 200 slow readers and 1,000 dripping sockets", alone, beside);
      double[] waits = live.stream().mapToDouble(d -> d).toArray();
      table.row(
          Table.format("/live meanwhile, %d times", waits.length),
          Table.format(
              "median %.1f ms, worst %.0f ms",
              1_000 * Rounds.quantile(waits, 0.5), 1_000 * Rounds.quantile(waits, 1)),
          "",
          "",
          "≤ 100 ms");
    }
  }

  private static Thread live(Served served, List<Double> waits) {
    String url = served.ready().replace("/ready", "/live");
    Thread watch =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                long started = System.nanoTime();
                waits.add(Web.status(url) == 200 ? Rounds.since(started) : 60.0);
                try {
                  Thread.sleep(50);
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "bench-live");
    watch.start();
    return watch;
  }

  private void compare(String what, Analysts.Met alone, Analysts.Met beside) {
    table.row(
        what,
        beside.toString(),
        "alone: " + alone,
        Table.ratio(beside.p95() / alone.p95()),
        "≤ 1.2");
  }

  private void aborted(Served served) throws Exception {
    String path = "/odata/" + DataSet.GEMEENTE + "/ijw/JW323_Prestatie?vraag=";
    Hostile hostile = new Hostile(served.url());
    hostile.abort(path + "0", 50);
    Thread.sleep(90_000);
    Holdings.Held before = Holdings.Held.of(served);
    long started = System.nanoTime();
    for (int i = 0; i < ABORTED / 100; i++) {
      hostile.abort(path + i, 100);
    }
    double seconds = Rounds.since(started);
    Thread.sleep(90_000);
    table.row(
        Table.format("%,d requests left by their clients, in %.0f s", ABORTED, seconds),
        Holdings.Held.of(served).toString(),
        "before: " + before,
        "",
        "the same");
  }

  private static String root(Served served, String gemeente) {
    return served.url() + "/odata/" + gemeente + "/ijw/";
  }
}
