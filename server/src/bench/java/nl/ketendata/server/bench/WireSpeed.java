package nl.ketendata.server.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The same rows over every wire of SQL, and over Avatica's own server of the engine's driver. */
final class WireSpeed {
  private static final int COLUMNS = 15;
  private static final int ROWS = 1_000_000;
  private static final int MANY_ROWS = 5_000_000;
  private static final int POINTS = 200;

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;

  WireSpeed(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    rates();
    memory();
  }

  private void rates() throws Exception {
    String sql = rows(ROWS);
    try (Direct direct = new Direct(data.version());
        Child meta = Child.main(settings, "512m", MetaServer.class, data.version().toString());
        Served served = Served.start(settings, "512m", data.folder());
        Connection ours = DriverManager.getConnection(avatica(served.url() + "/jdbc"));
        Connection theirs = DriverManager.getConnection(avatica(url(meta)));
        Connection flight = DriverManager.getConnection(flight(served));
        Bare bare = new Bare(served.flight())) {
      served.settle();
      Rounds rounds =
          new Rounds()
              .side("flight", () -> seconds(flight, sql, 0))
              .side("flight client", () -> bare.seconds(sql))
              .side("avatica", () -> seconds(ours, sql, 0))
              .side("meta", () -> seconds(theirs, sql, 0))
              .side("meta 5000", () -> seconds(theirs, sql, 5_000))
              .side("direct", () -> direct.seconds(sql));
      for (int warm = 0; warm < 2; warm++) {
        seconds(flight, sql, 0);
        seconds(ours, rows(ROWS / 10), 0);
        seconds(theirs, rows(ROWS / 10), 0);
        bare.seconds(sql);
      }
      rounds.run(settings.rounds());
      rate(rounds, "Flight SQL, stock JDBC driver", "flight", "avatica", "≥ 3; ≥ 650,000 rows/s");
      rate(rounds, "Flight SQL, Arrow's client, vectors only", "flight client", "direct", "");
      rate(rounds, "Avatica, stock driver", "avatica", "meta", "≥ 2");
      rate(rounds, "Avatica, and JdbcMeta asked for 5,000 at a time", "avatica", "meta 5000", "");
      rate(rounds, "Flight SQL and the engine's own driver", "flight", "direct", "");
      points(direct, ours, flight, bare);
    }
  }

  private void rate(Rounds rounds, String what, String side, String other, String promise) {
    double seconds = rounds.median(side);
    double against = rounds.median(other);
    table.row(
        Table.format("%s: %,d rows × %d, every value", what, ROWS, COLUMNS),
        Table.perSecond(ROWS / seconds),
        other + ": " + Table.perSecond(ROWS / against),
        Table.ratio(against / seconds),
        promise);
  }

  private void points(Direct direct, Connection avatica, Connection flight, Bare bare)
      throws Exception {
    String key = Direct.table(Direct.LARGEST).key();
    String sql = "select * from " + Direct.LARGEST + " where " + key + " = ?";
    String one = direct.text("select max(" + key + ") from " + Direct.LARGEST);
    try (PreparedStatement engine = direct.prepared(sql);
        PreparedStatement ours = avatica.prepareStatement(sql);
        PreparedStatement arrow = flight.prepareStatement(sql)) {
      Rounds rounds =
          new Rounds()
              .side("direct", () -> point(engine, one))
              .side("avatica", () -> point(ours, one))
              .side("flight", () -> point(arrow, one))
              .side("flight client", () -> bare.seconds(sql.replace("?", "'" + one + "'")));
      rounds.quietly(POINTS);
      for (String side : new String[] {"avatica", "flight", "flight client"}) {
        table.row(
            "Point query over the wire: " + side,
            Table.millis(rounds.median(side)),
            "direct: " + Table.millis(rounds.median("direct")),
            "",
            "");
      }
    }
  }

  private static double point(PreparedStatement statement, String key) throws SQLException {
    long started = System.nanoTime();
    statement.setString(1, key);
    try (ResultSet rows = statement.executeQuery()) {
      Direct.fetch(rows);
    }
    return Rounds.since(started);
  }

  /** The heap that a server needs for an answer that is a hundred times as large. */
  private void memory() throws Exception {
    String sql = rows(MANY_ROWS);
    try (Served served = Served.start(settings, "64m", data.folder());
        Bare bare = new Bare(served.flight())) {
      double seconds = bare.seconds(sql);
      table.row(
          Table.format("Flight SQL, -Xmx64m: %,d rows × %d", MANY_ROWS, COLUMNS),
          Table.perSecond(MANY_ROWS / seconds),
          Table.format(
              "%,d MB resident, %,d MB heap",
              served.child().peakResident(), served.child().peakHeap()),
          "",
          "flat");
    }
  }

  /** The table as often as it takes. */
  private String rows(int count) throws Exception {
    String columns =
        Direct.table(Direct.LARGEST).allColumns().stream()
            .limit(COLUMNS)
            .map(Column::name)
            .collect(Collectors.joining(", "));
    String once = "select " + columns + " from " + Direct.LARGEST;
    try (Direct direct = new Direct(data.version())) {
      long there = direct.number("select count(*) from " + Direct.LARGEST);
      int times = (int) ((count + there - 1) / there);
      String all =
          Stream.generate(() -> once).limit(times).collect(Collectors.joining(" union all "));
      return "select * from (" + all + ") t limit " + count;
    }
  }

  private static String url(Child meta) throws Exception {
    return "http://127.0.0.1:" + meta.line().orElseThrow();
  }

  private static String avatica(String url) {
    return "jdbc:avatica:remote:url=" + url + ";serialization=protobuf";
  }

  private static String flight(Served served) {
    URI at = served.flight();
    return "jdbc:arrow-flight-sql://"
        + at.getHost()
        + ":"
        + at.getPort()
        + "?useEncryption=false&user=x&password=x";
  }

  private static double seconds(Connection connection, String sql, int fetch) throws SQLException {
    long started = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      if (fetch > 0) {
        statement.setFetchSize(fetch);
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        Direct.fetch(rows);
      }
    }
    return Rounds.since(started);
  }

  /** Arrow's own client: batches as they come, no value is made an object. */
  private static final class Bare implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    private final FlightSqlClient client;

    Bare(URI at) {
      client =
          new FlightSqlClient(
              FlightClient.builder(allocator, Location.forGrpcInsecure(at.getHost(), at.getPort()))
                  .build());
    }

    @SuppressWarnings("try") // A stream may be interrupted while it closes; nobody does that.
    double seconds(String sql) throws Exception {
      long started = System.nanoTime();
      FlightInfo info = client.execute(sql);
      try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
        while (stream.next()) {
          stream.getRoot().getRowCount();
        }
      }
      return Rounds.since(started);
    }

    @Override
    public void close() {
      try {
        client.close();
        allocator.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
