package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.Until;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that would run for minutes, or give rows without end, are stopped in a moment. */
@Timeout(180)
@SuppressWarnings("try") // the client's close may be interrupted
class CancelTest {
  /** Millions of millions of rows before the first one comes. */
  private static final String LONG =
      "select count(*) from JW301 a, JW301 b, JW301 c, JW301 d, JW301 e"
          + " where a.Bericht_Id || b.Bericht_Id || c.Bericht_Id < d.Bericht_Id || e.Bericht_Id";

  private static final String ENDLESS = "select a.* from JW301 a, JW301 b, JW301 c, JW301 d";

  @TempDir static Path folder;
  private static TestServer server;
  private static FlightFixture fixture;

  @BeforeAll
  static void start() {
    server = new TestServer(folder.resolve("data"));
    String rows =
        IntStream.range(0, 3_000)
            .mapToObj(row -> "b%05d".formatted(row))
            .collect(Collectors.joining("\n"));
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20260801120000.zip",
        java.util.Map.of("JW301.csv", "Bericht_Id\n" + rows + "\n"));
    fixture = new FlightFixture(server.door());
  }

  @AfterAll
  static void stop() {
    fixture.close();
    server.close();
  }

  private static void assertAnswersAsIfNothingHappened() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from JW301")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(3_000);
    }
  }

  private static void awaitNothingRuns() throws Exception {
    Until.holds("nothing runs", () -> server.door().running() == 0);
  }

  @Test
  void cancellingTheInfoStopsTheEngine() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute(LONG, FlightFixture.token("anna"));
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread reader = new Thread(() -> outcome.complete(readAll(client, info)));
      reader.start();
      awaitRunning();
      client.cancelFlightInfo(new CancelFlightInfoRequest(info), FlightFixture.token("anna"));
      assertThat(outcome.get(60, TimeUnit.SECONDS)).hasMessageContaining("57014 KD420 ");
      awaitNothingRuns();
    }
    assertAnswersAsIfNothingHappened();
  }

  private static Throwable readAll(FlightSqlClient client, FlightInfo info) {
    try (FlightStream stream =
        client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
      while (stream.next()) {
        stream.getRoot().getRowCount();
      }
      return new AssertionError("it ended");
    } catch (Exception e) {
      return e;
    }
  }

  private static void awaitRunning() throws Exception {
    Until.holds("runs", () -> server.door().running() > 0);
  }

  @Test
  void aClientThatLeavesStopsTheEngine() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute(LONG, FlightFixture.token("anna"));
      try (FlightStream stream =
          client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
        awaitRunning();
        stream.cancel("enough", null);
      }
      awaitNothingRuns();
    }
    assertAnswersAsIfNothingHappened();
  }

  @Test
  void closingTheRowsStopsTheEngine() throws Exception {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      var rows = statement.executeQuery(ENDLESS);
      assertThat(rows.next()).isTrue();
      assertThat(server.door().running()).isPositive();
      rows.close();
      awaitNothingRuns();
    }
    assertAnswersAsIfNothingHappened();
  }

  @Test
  void aClientThatStopsReadingLosesItsRows() throws Exception {
    Limits impatient = FlightFixture.limits(Duration.ofSeconds(2));
    try (FlightFixture other = new FlightFixture(server.door(), impatient);
        FlightSqlClient client = other.client()) {
      FlightInfo info = client.execute(ENDLESS, FlightFixture.token("anna"));
      try (FlightStream stream =
          client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
        assertThat(stream.next()).isTrue();
        awaitNothingRuns();
        assertThatThrownBy(
                () -> {
                  while (stream.next()) {
                    stream.getRoot().getRowCount();
                  }
                })
            .hasMessageContaining("57014 KD560 ");
      }
    }
    assertAnswersAsIfNothingHappened();
  }

  @Test
  void theDriversCancelStopsTheEngine() throws Exception {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      var rows = statement.executeQuery(ENDLESS);
      assertThat(rows.next()).isTrue();
      statement.cancel();
      awaitNothingRuns();
    }
    assertAnswersAsIfNothingHappened();
  }
}
