package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import nl.ketendata.server.share.Work;
import nl.ketendata.server.testing.WebClient;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only place to work is taken: every wire says so in time and in its own way, and its client
 * goes on with the same connection afterwards.
 */
@Timeout(60)
@SuppressWarnings("try") // Arrow's close() may be interrupted.
@ExtendWith(Utc.class)
class OverloadTest {
  private static final String SQL = "select count(*) from JW301";

  @TempDir Path folder;
  private WiresFixture wires;
  private Work other;

  @BeforeEach
  void start() {
    Duration minute = Duration.ofMinutes(1);
    wires =
        new WiresFixture(
            folder,
            new nl.ketendata.server.query.Limits(
                32, 1, 8, Duration.ofMillis(1_100), minute, minute));
    other = wires.door.workplaces().work("GM9031");
  }

  @AfterEach
  void stop() {
    other.close();
    wires.close();
  }

  private static void busy(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After"))
        .hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
    assertThat(WebClient.text(answer)).contains("KD430");
  }

  @Test
  void odata() {
    WebClient client = wires.odata();
    String path = "odata/GM9030/ijw/JW301?$select=Bericht_Id";
    other.begin();
    busy(client.get(path));
    other.close();
    assertThat(client.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void sqlOverHttp() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask =
        HttpRequest.newBuilder(wires.sql())
            .header("Content-Type", "application/sql")
            .POST(HttpRequest.BodyPublishers.ofString(SQL))
            .build();
    other.begin();
    busy(client.send(ask, BodyHandlers.ofByteArray()));
    other.close();
    assertThat(client.send(ask, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
  }

  @Test
  void avatica() throws SQLException {
    try (Connection connection = wires.avatica();
        Statement statement = connection.createStatement()) {
      assertThat(count(statement)).isEqualTo(4);
      other.begin();
      assertThatThrownBy(() -> count(statement))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53000"));
      other.close();
      assertThat(count(statement)).isEqualTo(4);
    }
  }

  @Test
  void theDriverOfFlight() throws SQLException {
    try (Connection connection = wires.flight.connect("anna");
        Statement statement = connection.createStatement()) {
      assertThat(count(statement)).isEqualTo(4);
      other.begin();
      assertThatThrownBy(() -> count(statement)).hasStackTraceContaining("53000");
      other.close();
      assertThat(count(statement)).isEqualTo(4);
    }
  }

  @Test
  void flight() throws Exception {
    try (FlightSqlClient client = wires.flight.client()) {
      FlightInfo info = client.execute(SQL, FlightFixture.token("anna"));
      other.begin();
      assertThatThrownBy(() -> read(client, info))
          .isInstanceOfSatisfying(
              FlightRuntimeException.class,
              e -> {
                CallStatus status = e.status();
                assertThat(status.code())
                    .isIn(FlightStatusCode.UNAVAILABLE, FlightStatusCode.RESOURCE_EXHAUSTED);
                assertThat(status.description()).startsWith("53000").contains("KD430");
              });
      other.close();
      read(client, client.execute(SQL, FlightFixture.token("anna")));
    }
  }

  private void read(FlightSqlClient client, FlightInfo info) throws Exception {
    try (FlightStream stream =
        client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
      assertThat(stream.next()).isTrue();
    }
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(SQL)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
