package nl.ketendata.server.bench;

import java.nio.file.Path;

/** A million messages through everything, in small heaps. */
final class LargeRun {
  private static final long MESSAGES = 1_000_000;

  private final BenchSettings settings;
  private final Table table;

  LargeRun(BenchSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  void run() throws Exception {
    Path home = settings.work().resolve("groot");
    DataSet.delete(home);
    long started = System.nanoTime();
    Path zip = DataSet.generate(settings, MESSAGES, home.resolve("leveringen"));
    table.row("1,000,000 messages: generate, -Xmx512m", Table.seconds(Rounds.since(started)));
    started = System.nanoTime();
    Path folder = home.resolve("data");
    Child ingest = DataSet.ingest(settings, zip, folder);
    table.row(
        "1,000,000 messages: ingest, -Xmx512m",
        Table.seconds(Rounds.since(started)),
        Table.format("%,d MB resident, %,d MB heap", ingest.peakResident(), ingest.peakHeap()),
        "",
        "");
    started = System.nanoTime();
    try (Served ready = Served.start(settings, "512m", folder)) {
      table.row("1,000,000 messages: start to /ready", Table.seconds(Rounds.since(started)));
      walk(ready, "512m");
    }
    try (Served ready = Served.start(settings, "64m", folder)) {
      walk(ready, "64m");
    }
    DataSet.delete(home);
  }

  private void walk(Served served, String heap) throws Exception {
    Web.Walk walk = Web.walk(served.set(Direct.LARGEST), true);
    table.row(
        Table.format("walk of %,d rows, -Xmx%s", walk.rows(), heap),
        Table.perSecond(walk.rows() / walk.seconds()),
        Table.format(
            "%,d MB resident, %,d MB heap",
            served.child().peakResident(), served.child().peakHeap()),
        "",
        "");
  }
}
