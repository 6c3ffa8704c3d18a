package nl.ketendata.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Small questions over one kept connection, warm, each with other constants than the one before;
 * beside each the plain statement that asks the engine the same, on the same file.
 */
final class PageTimes {
  private static final String PRODUCTS = "JW301_ToegewezenProduct";
  private static final int CLIENTS = 8;
  private static final double LOADED_SECONDS = 5;
  private static final double WARM_SECONDS = 5;
  private static final int SKIPS = 1_000;

  /** No volume is as large. */
  private static final int ABOVE_ALL = 100_000;

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;

  /** Of the next question: none comes twice. */
  private final AtomicInteger number = new AtomicInteger();

  private PageQuestions questions = new PageQuestions(List.of(), List.of());

  PageTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    System.setProperty("http.maxConnections", Integer.toString(2 * CLIENTS));
    try (Direct direct = new Direct(data.version());
        Served served = Served.start(settings, "512m", data.folder())) {
      served.settle();
      questions =
          new PageQuestions(
              direct.texts(
                  "SELECT DISTINCT Product_Code FROM "
                      + PRODUCTS
                      + " WHERE Product_Code"
                      + " IS NOT NULL ORDER BY 1"),
              direct.texts(
                  "SELECT ToegewezenProduct_Id FROM " + PRODUCTS + " ORDER BY 1 LIMIT 100000"));
      rows(direct, served.set(PRODUCTS));
      expands(direct, served.set("JW301"));
      groups(direct, served.set(PRODUCTS));
      clients(served.set(PRODUCTS));
    }
  }

  private void rows(Direct direct, String set) throws Exception {
    compare(
        "filtered page of 100, 6 columns",
        "2 ms",
        200,
        i -> questions.page(set, i),
        direct,
        i ->
            "SELECT "
                + PageQuestions.SIX
                + " FROM "
                + PRODUCTS
                + " WHERE "
                + questions.where(i)
                + " ORDER BY Ingangsdatum DESC, ToegewezenProduct_Id LIMIT 100");
    compare(
        "by key",
        "1.4 ms",
        200,
        i -> set + "('" + questions.key(i) + "')",
        direct,
        i -> Direct.select(PRODUCTS) + " WHERE ToegewezenProduct_Id = '" + questions.key(i) + "'");
    compare(
        "$count",
        "1 ms",
        200,
        i -> set + "/$count?vraag=" + i,
        direct,
        i -> "SELECT count(*) FROM " + PRODUCTS);
    compare(
        "$count with a filter",
        "1.1 ms",
        200,
        i -> set + "/$count?$filter=" + PageQuestions.encoded(questions.filter(i)),
        direct,
        i -> "SELECT count(*) FROM " + PRODUCTS + " WHERE " + questions.where(i));
    compare(
        "$top=1000, all columns",
        "8 ms",
        100,
        i -> set + "?$top=1000" + skip(i),
        direct,
        i -> Direct.select(PRODUCTS) + " LIMIT 1000 OFFSET " + i % SKIPS);
  }

  private void expands(Direct direct, String set) throws Exception {
    String expand = "?$top=1000&$expand=ToegewezenProduct";
    compare(
        "1,000 parents with $expand of their products",
        "25 ms",
        40,
        i -> set + expand + skip(i),
        direct,
        i -> related("SELECT Bericht_Id FROM JW301 LIMIT 1000 OFFSET " + i % SKIPS));
    compare(
        "the same, in descending order of a day",
        "",
        40,
        i ->
            set
                + expand
                + skip(i)
                + "&$orderby="
                + PageQuestions.encoded("Header_BerichtIdentificatie_Dagtekening desc"),
        direct,
        i ->
            related(
                "SELECT Bericht_Id FROM JW301 ORDER BY Header_BerichtIdentificatie_Dagtekening"
                    + " DESC, Bericht_Id LIMIT 1000 OFFSET "
                    + i % SKIPS));
  }

  /** The same place comes again, but no address does: its answer would be kept. */
  private static String skip(int i) {
    return "&$skip=" + i % SKIPS + "&vraag=" + i;
  }

  /** The children only: the least that any way to answer must read. */
  private static String related(String parents) {
    return Direct.select(PRODUCTS) + " WHERE Bericht_Id IN (" + parents + ")";
  }

  private void groups(Direct direct, String set) throws Exception {
    String by = "Product_Categorie,Product_Code";
    compare(
        "$apply: group by two columns, sum and count",
        "15 ms",
        40,
        i ->
            set
                + "?$apply="
                + PageQuestions.encoded(
                    "filter(Omvang_Volume lt "
                        + (ABOVE_ALL + i)
                        + ")/groupby(("
                        + by
                        + "),aggregate($count as n,Omvang_Volume with sum as s))"),
        direct,
        i ->
            "SELECT "
                + by
                + ", count(*), sum(Omvang_Volume) FROM "
                + PRODUCTS
                + " WHERE Omvang_Volume < "
                + (ABOVE_ALL + i)
                + " GROUP BY "
                + by
                + " ORDER BY "
                + by);
  }

  private void clients(String set) throws Exception {
    load(set);
    double each = load(set);
    table.row(
        "filtered page, 8 clients",
        Table.format("%,.0f requests/s", each),
        "",
        "",
        "800 requests/s");
  }

  private double load(String set) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      long started = System.nanoTime();
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        answers.add(
            clients.submit(
                () -> {
                  int done = 0;
                  while (Rounds.since(started) < LOADED_SECONDS) {
                    Web.get(questions.page(set, number.getAndIncrement()), false);
                    done++;
                  }
                  return done;
                }));
      }
      int sum = 0;
      for (Future<Integer> done : answers) {
        sum += done.get();
      }
      return sum / Rounds.since(started);
    } finally {
      clients.shutdown();
    }
  }

  /** Asks one question for long enough to be warm, and then both sides in turn. */
  private void compare(
      String what,
      String promise,
      int times,
      IntFunction<String> url,
      Direct direct,
      IntFunction<String> sql)
      throws Exception {
    double[] first = new double[times];
    for (int i = 0; i < times; i++) {
      first[i] = Web.get(url.apply(number.getAndIncrement()), false).seconds();
    }
    long started = System.nanoTime();
    while (Rounds.since(started) < WARM_SECONDS) {
      Web.get(url.apply(number.getAndIncrement()), false);
    }
    for (int i = 0; i < times; i++) {
      direct.seconds(sql.apply(number.getAndIncrement()));
    }
    double[] ours = new double[times];
    double[] engine = new double[times];
    for (int i = 0; i < times; i++) {
      int question = number.getAndIncrement();
      ours[i] = Web.get(url.apply(question), false).seconds();
      engine[i] = direct.seconds(sql.apply(question));
    }
    double median = Rounds.quantile(ours, 0.5);
    double against = Rounds.quantile(engine, 0.5);
    table.row(
        what,
        Table.format(
            "median %.2f ms, p95 %.2f ms (the first %d: %.2f ms)",
            median * 1_000,
            Rounds.quantile(ours, 0.95) * 1_000,
            times,
            Rounds.quantile(first, 0.5) * 1_000),
        Table.format("DuckDB direct: %.2f ms", against * 1_000),
        Table.format("%+.2f ms", (median - against) * 1_000),
        promise);
  }
}
