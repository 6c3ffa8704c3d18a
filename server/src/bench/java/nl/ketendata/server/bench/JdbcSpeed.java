package nl.ketendata.server.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The stock Avatica driver against the engine's own driver in this process. */
final class JdbcSpeed {
  private static final int MOST = 300_000;
  private static final int MIX = 20;

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;
  private long rows;

  JdbcSpeed(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    String fetch = " from " + Direct.LARGEST + " fetch first " + MOST + " rows only";
    String sums =
        "select count(*), sum(IngediendBedrag_Bedrag), sum(GeleverdVolume) from " + Direct.LARGEST;
    try (Direct direct = new Direct(data.version());
        Served served = Served.start(settings, "512m", data.folder());
        Connection avatica = connect(served)) {
      served.settle();
      seconds(avatica, "select *" + fetch);
      rows = Math.min(MOST, direct.number("select count(*) from " + Direct.LARGEST));
      Rounds rounds =
          new Rounds()
              .side("avatica", () -> seconds(avatica, "select *" + fetch))
              .side(
                  "direct", () -> direct.seconds(Direct.select(Direct.LARGEST) + " LIMIT " + MOST))
              .side("avatica sums", () -> seconds(avatica, sums))
              .side("direct sums", () -> direct.seconds(sums))
              .side("avatica mix", () -> mix(text -> seconds(avatica, text)))
              .side("direct mix", () -> mix(direct::seconds))
              .run(settings.rounds());
      double ours = rounds.median("avatica");
      double engine = rounds.median("direct");
      table.row(
          Table.format("Avatica: %,d rows, getObject of every column", rows),
          Table.perSecond(rows / ours),
          "DuckDB JDBC: " + Table.perSecond(rows / engine),
          Table.ratio(ours / engine),
          "");
      compare(rounds, "sums", "");
      compare(rounds, "mix", "≤ 1.3");
      table.row(
          "Avatica: memory, -Xmx512m",
          Table.format(
              "%,d MB resident, %,d MB heap",
              served.child().peakResident(), served.child().peakHeap()));
    }
  }

  private void compare(Rounds rounds, String what, String promise) {
    double ours = rounds.median("avatica " + what);
    double engine = rounds.median("direct " + what);
    table.row(
        "Avatica: " + (what.equals("mix") ? MIX + " analytic statements" : "sums of two columns"),
        Table.millis(ours),
        "DuckDB JDBC: " + Table.millis(engine),
        Table.ratio(ours / engine),
        promise);
  }

  private interface Sql {
    double seconds(String text) throws SQLException;
  }

  /** The statements that give few rows: fetching is measured apart. */
  private static double mix(Sql sql) throws SQLException {
    double seconds = 0;
    for (String statement : Statements.ANALYTIC.subList(0, MIX)) {
      String counted = Statements.text(statement, 0);
      seconds += sql.seconds("select count(*) from (" + counted + ") t");
    }
    return seconds;
  }

  private static Connection connect(Served served) throws SQLException {
    Properties none = new Properties();
    String url = "jdbc:avatica:remote:url=" + served.url() + "/jdbc;serialization=protobuf";
    return DriverManager.getConnection(url, none);
  }

  private static double seconds(Connection connection, String sql) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }
}
