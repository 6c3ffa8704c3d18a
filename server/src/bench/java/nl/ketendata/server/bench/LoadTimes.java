package nl.ketendata.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  private final DataSet data;
  private final Table table;

  LoadTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    Path folder = twoGemeenten();
    try (Served served = Served.start(settings, "512m", folder)) {
      many(served, 1_000, settings.load());
      many(served, 0, Math.min(60, settings.load()));
      neighbours(served);
      slow(served);
      aborted(served);
      table.row(
          "memory after all this, -Xmx512m",
          Table.format(
              "%,d MB resident, %,d MB heap",
              served.child().peakResident(), served.child().peakHeap()));
    }
  }

  /** The data set, with a small neighbour beside it. */
  private Path twoGemeenten() throws Exception {
    Path home = settings.work().resolve("buren-" + settings.messages());
    Path folder = home.resolve("data");
    if (!Files.exists(home.resolve("compleet"))) {
      DataSet.delete(home);
      DataSet.ingest(settings, DataSet.GEMEENTE, data.zip(), folder).close();
      Path small = DataSet.generate(settings, NEIGHBOUR, SMALL, home.resolve("leveringen"));
      DataSet.ingest(settings, NEIGHBOUR, small, folder).close();
      Files.createFile(home.resolve("compleet"));
    }
    return folder;
  }

  private void many(Served served, int think, double seconds) throws Exception {
    try (Analysts analysts = Analysts.start(root(served, DataSet.GEMEENTE), ANALYSTS, think)) {
      analysts.during(20);
      Analysts.Met met = analysts.during(seconds);
      table.row(
          Table.format("%d analysts, thinking up to %d ms, for %.0f s", ANALYSTS, think, seconds),
          met.toString(),
          Table.format("%.0f answers/s", met.answered() / seconds),
          "",
          think == 0 ? "" : "p95 ≤ 400 ms, 0 errors");
      firstErrors(met);
    }
  }

  /** What one gemeente notices of the other. */
  private void neighbours(Served served) throws Exception {
    try (Analysts own = Analysts.start(root(served, NEIGHBOUR), 2, 20)) {
      own.during(5);
      Analysts.Met alone = own.during(20);
      try (Analysts others = Analysts.start(root(served, DataSet.GEMEENTE), ANALYSTS, 0)) {
        others.during(3);
        Analysts.Met beside = own.during(20);
        compare(Table.format("2 analysts beside %d of a neighbour", ANALYSTS), alone, beside);
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
    firstErrors(beside);
  }

  private static void firstErrors(Analysts.Met met) {
    Map<String, Integer> kinds = new TreeMap<>();
    met.errors()
        .forEach(error -> kinds.merge(error.replaceAll("https?://.*", ""), 1, Integer::sum));
    kinds.forEach((error, times) -> System.err.println("  " + times + " x " + error));
  }

  private void aborted(Served served) throws Exception {
    String path = "/odata/" + DataSet.GEMEENTE + "/ijw/JW323_Prestatie?vraag=";
    Hostile hostile = new Hostile(served.url());
    hostile.abort(path + "0", 50);
    Thread.sleep(90_000);
    Held before = held(served);
    long started = System.nanoTime();
    for (int i = 0; i < ABORTED / 100; i++) {
      hostile.abort(path + i, 100);
    }
    double seconds = Rounds.since(started);
    Thread.sleep(90_000);
    table.row(
        Table.format("%,d requests left by their clients, in %.0f s", ABORTED, seconds),
        held(served).toString(),
        "before: " + before,
        "",
        "the same");
  }

  /** What a process holds. */
  private record Held(long threads, long files, String statements) {
    @Override
    public String toString() {
      return threads + " threads, " + files + " files, " + statements;
    }
  }

  private static Held held(Served served) throws IOException {
    Path process = Path.of("/proc/" + served.child().pid());
    try (var threads = Files.list(process.resolve("task"));
        var files = Files.list(process.resolve("fd"))) {
      return new Held(threads.count(), files.count(), running(served));
    }
  }

  private static String running(Served served) throws IOException {
    return Web.text(served.ready().replace("/ready", "/metrics"))
        .lines()
        .filter(line -> line.startsWith("ketendata_statements_open"))
        .findFirst()
        .orElse("");
  }

  private static String root(Served served, String gemeente) {
    return served.url() + "/odata/" + gemeente + "/ijw/";
  }
}
