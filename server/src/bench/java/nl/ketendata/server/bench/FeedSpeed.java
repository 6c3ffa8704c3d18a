package nl.ketendata.server.bench;

import java.io.IOException;

/** A whole entity set over HTTP, page by page, against Olingo and against the engine's own JSON. */
final class FeedSpeed {
  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;
  private long rows;
  private double firstByte;

  FeedSpeed(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    try (Direct direct = new Direct(data.version());
        Served large = Served.start(settings, "512m", data.folder());
        Served small = Served.start(settings, "64m", data.folder());
        Child olingo =
            Child.main(settings, "512m", OlingoServer.class, data.version().toString())) {
      rows = direct.number("SELECT count(*) FROM " + Direct.LARGEST);
      String olingoUrl = "http://127.0.0.1:" + olingo.line().orElseThrow() + "/";
      String set = Direct.LARGEST;
      double cold = checked(large.set(set));
      double coldSmall = checked(small.set(set));
      checked(olingoUrl);
      Rounds rounds =
          new Rounds()
              .side("512m", () -> walk(large.set(set)))
              .side("64m", () -> walk(small.set(set)))
              .side("olingo", () -> Web.walk(olingoUrl, false).seconds())
              .side("copy", () -> direct.copy(Direct.select(set)))
              .run(settings.rounds());
      table.row(
          Table.format("feed of %,d rows of %s, first walk of a new process", rows, set),
          Table.perSecond(rows / cold) + "; -Xmx64m " + Table.perSecond(rows / coldSmall));
      against(rounds, "512m");
      against(rounds, "64m");
      table.row("feed: longest wait for a page's first byte", Table.millis(firstByte), "", "", "≤ 150 ms");
      table.row("feed: memory, -Xmx512m", cost(large), "Olingo: " + cost(olingo), "", "");
      table.row("feed: memory, -Xmx64m", cost(small), "", "", "64 MB of heap is enough");
    }
  }

  private void against(Rounds rounds, String heap) {
    double ours = rounds.median(heap);
    double copy = rounds.median("copy");
    double olingo = rounds.median("olingo");
    String figure = Table.perSecond(rows / ours);
    table.row(
        "feed warm, -Xmx" + heap,
        figure,
        "DuckDB COPY as JSON: " + Table.perSecond(rows / copy),
        Table.ratio(copy / ours),
        "≥ 0.60");
    table.row(
        "feed warm, -Xmx" + heap,
        figure,
        "Olingo streamed: " + Table.perSecond(rows / olingo),
        Table.ratio(olingo / ours),
        "≥ 5");
  }

  /** Also warms up. */
  private double checked(String url) throws IOException {
    Web.Walk walk = Web.walk(url, true);
    if (walk.rows() != rows) {
      throw new IOException(walk.rows() + " rows, not " + rows);
    }
    return walk.seconds();
  }

  private double walk(String url) throws IOException {
    Web.Walk walk = Web.walk(url, false);
    firstByte = Math.max(firstByte, walk.firstByte());
    return walk.seconds();
  }

  private static String cost(Served served) throws IOException {
    return cost(served.child());
  }

  private static String cost(Child child) throws IOException {
    return Table.format("%,d MB resident, %,d MB heap", child.peakResident(), child.peakHeap());
  }
}
