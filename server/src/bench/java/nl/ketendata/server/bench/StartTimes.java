package nl.ketendata.server.bench;

import java.nio.file.Path;

/** How long a person waits before the server answers. */
final class StartTimes {
  private static final long MESSAGES = 100_000;

  private final BenchSettings settings;
  private final Table table;

  StartTimes(BenchSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  void run() throws Exception {
    Path data = DataSet.of(settings, MESSAGES).folder();
    Rounds rounds = new Rounds().side("serve", () -> serve(data)).side("demo", this::demo);
    rounds.run(settings.rounds());
    table.row(
        Table.format("serve, %,d messages: start to /ready", MESSAGES),
        Table.seconds(rounds.median("serve")),
        "",
        "",
        "≤ 3 s");
    table.row(
        "demo, 2 gemeenten × 2 products × 20,000: start to first page",
        Table.seconds(rounds.median("demo")),
        "",
        "",
        "< 30 s");
  }

  private double serve(Path data) throws Exception {
    long started = System.nanoTime();
    try (Served served = Served.start(settings, "512m", data)) {
      double seconds = Rounds.since(started);
      Web.get(served.set("JW301"), false);
      return seconds;
    }
  }

  private double demo() throws Exception {
    Path data = settings.work().resolve("demo");
    DataSet.delete(data);
    long started = System.nanoTime();
    try (Served served =
        Served.wait(
            Child.jar(
                settings,
                "512m",
                "demo",
                "--open",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--flight-port",
                "0"))) {
      Web.get(served.set("JW301"), false);
      return Rounds.since(started);
    } finally {
      DataSet.delete(data);
    }
  }
}
