package nl.ketendata.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A whole entity set over HTTP, page by page, against Olingo and against the engine's own JSON. */
final class FeedSpeed {
  private static final int PAGE = 50_000;
  private static final int CLIENTS = 8;
  private static final int EACH = 10;
  private static final int SMALL_PAGE = 5_000;

  private final BenchSettings settings;
  private final Table table;
  private long rows;
  private double firstByte;
  private int asked;

  FeedSpeed(BenchSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  void run() throws Exception {
    DataSet data = FeedData.of(settings);
    String set = FeedData.CHILD;
    try (Direct direct = new Direct(data.version());
        Served large = Served.start(settings, "512m", data.folder());
        Served small = Served.start(settings, "64m", data.folder());
        Child olingo =
            Child.main(settings, "512m", OlingoServer.class, data.version().toString(), set)) {
      rows = direct.number("SELECT count(*) FROM " + set);
      String olingoUrl = "http://127.0.0.1:" + olingo.line().orElseThrow() + "/";
      double cold = checked(large.set(set));
      double coldSmall = checked(small.set(set));
      checked(olingoUrl);
      large.settle();
      small.settle();
      Rounds rounds =
          new Rounds()
              .side("512m", () -> walk(unasked(large.set(set))))
              .side("again", () -> walk(last(large.set(set))))
              .side("64m", () -> walk(unasked(small.set(set))))
              .side("page", () -> page(unasked(large.set(set)), "identity"))
              .side("gzip", () -> page(unasked(large.set(set)), "gzip"))
              .side("gzip again", () -> page(last(large.set(set)), "gzip"))
              .side("zstd", () -> page(unasked(large.set(set)), "zstd"))
              .side("csv", () -> page(unasked(large.set(set)) + "&$format=csv", "identity"))
              .side("arrow", () -> page(unasked(large.set(set)) + "&$format=arrow", "identity"))
              .side("together", () -> together(large, set))
              .side("copy on one core", () -> direct.copyOnOneCore(Direct.select(set)))
              .side("olingo", () -> Web.walk(olingoUrl, false).seconds())
              .side("copy", () -> direct.copy(Direct.select(set)))
              .run(settings.rounds());
      table.row(
          Table.format("feed of %,d rows of %s, first walk of a new process", rows, set),
          Table.perSecond(rows / cold) + "; -Xmx64m " + Table.perSecond(rows / coldSmall));
      against(rounds, "512m");
      against(rounds, "64m");
      answers(rounds);
      double rate = CLIENTS * EACH * (double) SMALL_PAGE / rounds.median("together");
      String what = Table.format("%d clients, pages of %,d rows, together", CLIENTS, SMALL_PAGE);
      table.row(what, Table.perSecond(rate), "", "", "500,000 rows/s");
      table.row(
          "feed: longest wait for a page's first byte", Table.millis(firstByte), "", "", "≤ 50 ms");
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
    double oneCore = rounds.median("copy on one core");
    table.row(
        "feed warm, -Xmx" + heap,
        figure,
        "the same on one core: " + Table.perSecond(rows / oneCore),
        Table.ratio(oneCore / ours),
        "");
    table.row(
        "feed warm, -Xmx" + heap,
        figure,
        "Olingo streamed: " + Table.perSecond(rows / olingo),
        Table.ratio(olingo / ours),
        "≥ 5");
  }

  private void answers(Rounds rounds) {
    double first = rounds.median("512m");
    double again = rounds.median("again");
    table.row(
        "the same feed again",
        Table.perSecond(rows / again),
        "first walk: " + Table.perSecond(rows / first),
        Table.ratio(first / again),
        "≥ 3");
    for (String form : List.of("gzip", "gzip again", "zstd", "csv", "arrow")) {
      table.row(
          Table.format("a page of %,d rows, %s", PAGE, form),
          Table.perSecond(PAGE / rounds.median(form)),
          "plain JSON: " + Table.perSecond(PAGE / rounds.median("page")),
          Table.ratio(rounds.median("page") / rounds.median(form)),
          form.equals("gzip") ? "≥ 0.70" : "");
    }
  }

  /** Several clients, each with questions that nobody asked before. */
  private double together(Served served, String set) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Double>> tasks = new ArrayList<>();
      for (int i = 0; i < CLIENTS * EACH; i++) {
        String part = i % 2 == 0 ? "&$skip=" + asked : "&$filter=Levering_Nummer%20lt%20" + asked;
        String url = unasked(served.set(set)) + "&$top=" + SMALL_PAGE + part;
        tasks.add(() -> Web.get(url, false).seconds());
      }
      long started = System.nanoTime();
      for (Future<Double> answer : clients.invokeAll(tasks)) {
        answer.get();
      }
      return Rounds.since(started);
    } finally {
      clients.shutdownNow();
    }
  }

  /** A question that nobody asked before: a custom option means nothing, but is part of it. */
  private String unasked(String url) {
    asked++;
    return last(url);
  }

  private String last(String url) {
    return url + "?vraag=" + asked;
  }

  private static double page(String url, String coding) throws IOException {
    return Web.get(url + "&$top=" + PAGE, false, coding).seconds();
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
