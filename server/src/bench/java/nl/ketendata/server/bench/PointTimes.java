package nl.ketendata.server.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One row by its key, each time another, over every wire of SQL: as a text and prepared. Beside it
 * the engine itself, and the floor: the same driver, of which a server that only repeats itself
 * answers the same bytes.
 */
final class PointTimes {
  private static final int TIMES = 400;

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;
  private String sql = "";
  private List<String> keys = List.of();
  private int next;

  PointTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    String key = Direct.table(Direct.LARGEST).key();
    sql = "select * from " + Direct.LARGEST + " where " + key + " = ?";
    try (Direct direct = new Direct(data.version());
        Served served = Served.start(settings, "512m", data.folder());
        Child floor = floor(served);
        Connection avatica = open(avatica(served.url() + "/jdbc"));
        Connection flight = open(flight(served.flight().getPort()));
        Connection avaticaFloor = open(avatica("http://127.0.0.1:" + floor.line().orElseThrow()));
        Connection flightFloor = open(flight(Integer.parseInt(floor.line().orElseThrow())))) {
      served.settle();
      keys = direct.texts("select " + key + " from " + Direct.LARGEST + " using sample 20000");
      Rounds rounds = new Rounds();
      texts(rounds, "direct", direct::seconds);
      texts(rounds, "avatica", text -> seconds(avatica, text));
      texts(rounds, "avatica floor", text -> seconds(avaticaFloor, text));
      texts(rounds, "flight", text -> seconds(flight, text));
      texts(rounds, "flight floor", text -> seconds(flightFloor, text));
      texts(rounds, "POST /sql", text -> Web.post(served.url() + "/sql", text).seconds());
      try (PreparedStatement engine = direct.prepared(sql);
          PreparedStatement one = avatica.prepareStatement(sql);
          PreparedStatement oneFloor = avaticaFloor.prepareStatement(sql);
          PreparedStatement other = flight.prepareStatement(sql);
          PreparedStatement otherFloor = flightFloor.prepareStatement(sql)) {
        prepared(rounds, "direct", engine);
        prepared(rounds, "avatica", one);
        prepared(rounds, "avatica floor", oneFloor);
        prepared(rounds, "flight", other);
        prepared(rounds, "flight floor", otherFloor);
        rounds.quietly(TIMES);
        rounds.forget();
        rounds.quietly(TIMES);
      }
      tell(rounds);
    }
  }

  private Child floor(Served served) throws IOException {
    return Child.main(
        settings, "512m", FloorServer.class, served.url() + "/jdbc", served.flight().toString());
  }

  private static Connection open(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }

  private static String avatica(String url) {
    return "jdbc:avatica:remote:url=" + url + ";serialization=protobuf";
  }

  private static String flight(int port) {
    return "jdbc:arrow-flight-sql://127.0.0.1:" + port + "?useEncryption=false";
  }

  private interface Sql {
    double seconds(String text) throws Exception;
  }

  private void texts(Rounds rounds, String side, Sql asked) {
    rounds.side(side + ", text", () -> asked.seconds(sql.replace("?", "'" + nextKey() + "'")));
  }

  private void prepared(Rounds rounds, String side, PreparedStatement statement) {
    rounds.side(side + ", prepared", () -> point(statement, nextKey()));
  }

  /** No side asks for a row that another side asked for just before. */
  private String nextKey() {
    return keys.get(next++ % keys.size());
  }

  private static double seconds(Connection connection, String sql) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }

  private static double point(PreparedStatement statement, String key) throws SQLException {
    long started = System.nanoTime();
    statement.setString(1, key);
    try (ResultSet rows = statement.executeQuery()) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }

  private void tell(Rounds rounds) {
    for (String side : List.of("avatica", "flight")) {
      for (String way : List.of(", text", ", prepared")) {
        tell(rounds, side + way, "direct" + way, "driver's floor", side + " floor" + way);
      }
    }
    tell(rounds, "POST /sql, text", "direct, text", "", "");
  }

  private void tell(Rounds rounds, String side, String direct, String floorName, String floor) {
    double least = floor.isEmpty() ? 0 : rounds.median(floor);
    String told =
        floor.isEmpty() ? "" : ", " + floorName + " " + Table.format("%.2f ms", least * 1_000);
    double ours = rounds.median(side);
    double engine = rounds.median(direct);
    table.row(
        "one row by key, another each time: " + side,
        Table.format("%.2f ms", ours * 1_000),
        Table.format("direct: %.2f ms", engine * 1_000) + told,
        Table.format("%+.2f ms", (ours - engine - least) * 1_000),
        "≤ 3 ms");
  }
}
