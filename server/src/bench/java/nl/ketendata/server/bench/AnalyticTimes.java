package nl.ketendata.server.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Twenty analytic statements over Avatica and Flight SQL, beside the engine itself, asked in three
 * ways: with a constant that is new each time; the same text again and again, so that planning is
 * known (no answer of SQL is kept, so each is worked out anew); and prepared, with that constant as
 * a parameter. Every value of every answer is fetched; of an answer of many rows only their number,
 * for fetching is measured apart.
 */
final class AnalyticTimes {
  private static final int TIMES = 15;
  private static final int WARM_TIMES = 60;
  private static final int MANY = 1_000;
  private static final List<String> WAYS = List.of("new", "known", "prepared");

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;

  /** To be closed before their connections: the Flight driver counts what they leave as a leak. */
  private final List<PreparedStatement> prepared = new ArrayList<>();

  private int unique;

  AnalyticTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    try (Direct direct = new Direct(data.version());
        Served served = Served.start(settings, "512m", data.folder());
        Connection avatica =
            DriverManager.getConnection(
                "jdbc:avatica:remote:url=" + served.url() + "/jdbc;serialization=protobuf");
        Connection flight =
            DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:"
                    + served.flight().getPort()
                    + "?useEncryption=false")) {
      served.settle();
      List<String> statements = new ArrayList<>();
      for (String statement : Statements.ANALYTIC) {
        statements.add(bounded(direct, statement));
      }
      Map<String, Connection> sides = new LinkedHashMap<>();
      sides.put("direct", direct.connection());
      sides.put("avatica", avatica);
      sides.put("flight", flight);
      List<Rounds> each = new ArrayList<>();
      for (String statement : statements) {
        each.add(rounds(statement, sides));
      }
      for (Rounds warm : each) {
        warm.quietly(WARM_TIMES);
        warm.forget();
      }
      for (Rounds measured : each) {
        measured.quietly(TIMES);
      }
      tell(each, statements);
      for (PreparedStatement statement : prepared) {
        statement.close();
      }
    }
  }

  private static String bounded(Direct direct, String statement) throws SQLException {
    String counted = "select count(*) from (" + statement + ") t";
    return direct.number(Statements.text(counted, 0)) > MANY ? counted : statement;
  }

  private Rounds rounds(String statement, Map<String, Connection> sides) throws Exception {
    Rounds rounds = new Rounds();
    for (var side : sides.entrySet()) {
      Connection connection = side.getValue();
      PreparedStatement parameterised =
          connection.prepareStatement(statement.replace(":n", "cast(? as bigint)"));
      prepared.add(parameterised);
      String known = Statements.text(statement, 0);
      rounds
          .side(
              side.getKey() + " new",
              () -> seconds(connection, Statements.text(statement, ++unique)))
          .side(side.getKey() + " known", () -> seconds(connection, known))
          .side(side.getKey() + " prepared", () -> seconds(parameterised, ++unique));
    }
    return rounds;
  }

  private static double seconds(Connection connection, String sql) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }

  private static double seconds(PreparedStatement statement, int number) throws SQLException {
    long started = System.nanoTime();
    statement.setLong(1, 1_000_000L + number);
    try (ResultSet rows = statement.executeQuery()) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }

  private void tell(List<Rounds> each, List<String> statements) {
    for (int i = 0; i < statements.size(); i++) {
      System.err.println(line(each.get(i), statements.get(i)));
    }
    for (String wire : List.of("avatica", "flight")) {
      for (String way : WAYS) {
        double ours = sum(each, wire + " " + way);
        double engine = sum(each, "direct " + way);
        table.row(
            Table.format("%d analytic statements, %s: %s", each.size(), way, wire),
            Table.millis(ours),
            "direct: " + Table.millis(engine) + ", largest ratio of one " + worst(each, wire, way),
            Table.ratio(ours / engine),
            way.equals("new") ? "≤ 1.6" : "≤ 1.3");
      }
    }
  }

  private static double sum(List<Rounds> each, String side) {
    return each.stream().mapToDouble(rounds -> rounds.median(side)).sum();
  }

  private static String worst(List<Rounds> each, String wire, String way) {
    int worst =
        IntStream.range(0, each.size())
            .boxed()
            .max(
                (a, b) ->
                    Double.compare(ratio(each.get(a), wire, way), ratio(each.get(b), wire, way)))
            .orElseThrow();
    return Table.format("%.2f (number %d)", ratio(each.get(worst), wire, way), worst + 1);
  }

  private static double ratio(Rounds rounds, String wire, String way) {
    return rounds.median(wire + " " + way) / rounds.median("direct " + way);
  }

  /** The medians of one statement, in milliseconds. */
  private static String line(Rounds rounds, String statement) {
    StringBuilder line = new StringBuilder();
    for (String way : WAYS) {
      line.append(way);
      for (String side : List.of("direct", "avatica", "flight")) {
        line.append(Table.format(" %.1f", rounds.median(side + " " + way) * 1_000));
      }
      line.append(" | ");
    }
    return line + statement.substring(0, Math.min(60, statement.length()));
  }
}
