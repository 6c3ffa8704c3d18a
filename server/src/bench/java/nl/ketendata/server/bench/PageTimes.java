package nl.ketendata.server.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;

/** Small answers over one kept connection, one client, warm. */
final class PageTimes {
  private static final int WARM_UP = 150;
  private static final int MEASURED = 200;
  private static final String PRODUCTS = "JW301_ToegewezenProduct";
  private static final String SIX =
      "ToegewezenProduct_Id,Bericht_Id,Product_Code,Ingangsdatum,Einddatum,Omvang_Volume";

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;

  PageTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    try (Direct direct = new Direct(data.version());
        Served served = Served.start(settings, "512m", data.folder())) {
      String code = text(direct, "SELECT mode(Product_Code) FROM " + PRODUCTS);
      String key = text(direct, "SELECT max(ToegewezenProduct_Id) FROM " + PRODUCTS);
      filtered(direct, served, code);
      String set = served.set(PRODUCTS);
      page("by key, new question", i -> set + "('" + key + "')?vraag=" + i);
      page("by key, known question", i -> set + "('" + key + "')");
      page("$count, new question", i -> set + "/$count?vraag=" + i);
      page("$count with a filter, new question", i -> set + "/$count?$filter=" + filter(code, i));
      page("$count with a filter, known question", i -> set + "/$count?$filter=" + filter(code, 0));
      page("$top=1000, all columns, new question", i -> set + "?$top=1000&$skip=" + i);
      page("$top=1000, all columns, known question", i -> set + "?$top=1000");
      String parents = served.set("JW301");
      page(
          "1,000 parents with $expand of their products, new question",
          i -> parents + "?$top=1000&$expand=ToegewezenProduct&$skip=" + i);
    }
  }

  private void filtered(Direct direct, Served served, String code) throws Exception {
    String url =
        served.set(PRODUCTS)
            + "?$orderby=Ingangsdatum%20desc&$top=100&$select="
            + SIX
            + "&$filter=";
    double[] ours = times(i -> Web.get(url + filter(code, i), false).seconds());
    double[] known = times(i -> Web.get(url + filter(code, 0), false).seconds());
    double[] engine =
        times(
            i ->
                direct.seconds(
                    "SELECT "
                        + SIX
                        + " FROM "
                        + PRODUCTS
                        + " WHERE Product_Code = '"
                        + code
                        + "' AND Ingangsdatum >= DATE '"
                        + date(i)
                        + "' ORDER BY Ingangsdatum DESC, ToegewezenProduct_Id LIMIT 100"));
    double median = Rounds.quantile(engine, 0.5);
    String against = "DuckDB direct: " + Table.millis(median);
    row("filtered page of 100, 6 columns, new question", ours, against, median);
    row("filtered page of 100, 6 columns, known question", known, against, median);
  }

  private void row(String what, double[] ours, String against, double engine) {
    table.row(
        what,
        figure(ours),
        against,
        "+" + Table.millis(Rounds.quantile(ours, 0.5) - engine),
        "≤ direct + 15 ms");
  }

  private void page(String what, IntFunction<String> url) throws Exception {
    table.row(what, figure(times(i -> Web.get(url.apply(i), false).seconds())));
  }

  private static String filter(String code, int number) {
    String filter = "Product_Code eq '" + code + "' and Ingangsdatum ge " + date(number);
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String date(int number) {
    return java.time.LocalDate.of(2023, 1, 1).plusDays(number).toString();
  }

  private static String text(Direct direct, String sql) throws SQLException {
    try (Statement statement = direct.statement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private interface Question {
    double seconds(int number) throws Exception;
  }

  private static double[] times(Question question) throws Exception {
    double[] times = new double[MEASURED];
    for (int i = -WARM_UP; i < MEASURED; i++) {
      double seconds = question.seconds(i + WARM_UP);
      if (i >= 0) {
        times[i] = seconds;
      }
    }
    return times;
  }

  private static String figure(double[] times) {
    return "median "
        + Table.millis(Rounds.quantile(times, 0.5))
        + ", p95 "
        + Table.millis(Rounds.quantile(times, 0.95));
  }
}
