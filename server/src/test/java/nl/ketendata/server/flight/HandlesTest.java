package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.FakeSqlDoor;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients refer to later: sign-ins, prepared statements, results. */
@SuppressWarnings("try") // the client's close may be interrupted
class HandlesTest {
  private static final int MANY = 10_000;

  private FakeSqlDoor door;
  private FlightFixture fixture;

  @BeforeEach
  void start() {
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    door.answers("numbers", FakeRows.numbers(10));
    fixture = new FlightFixture(door);
  }

  @AfterEach
  void stop() {
    fixture.close();
    door.close();
  }

  private static int read(FlightSqlClient client, FlightInfo info, String user) throws Exception {
    int rows = 0;
    try (FlightStream stream =
        client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token(user))) {
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
    }
    return rows;
  }

  @Test
  void nobodyReachesAStatementOrResultOfAnother() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      PreparedStatement statement = client.prepare("numbers", FlightFixture.token("anna"));
      assertThatThrownBy(() -> statement.execute(FlightFixture.token("bert")))
          .hasMessageContaining("26000 KD561 ");
      FlightInfo info = statement.execute(FlightFixture.token("anna"));
      assertThatThrownBy(() -> read(client, info, "bert")).hasMessageContaining("26000 KD561 ");
      assertThat(read(client, info, "anna")).isEqualTo(10);
      statement.close(FlightFixture.token("bert"));
      assertThat(fixture.head.statements().sizes()).containsExactly(1, 1);
    }
  }

  /** However long it takes to close a statement, and to write down that it was read. */
  @Test
  void whoHasAllRowsHoldsNothingAnyMore() throws Exception {
    door.whenClosing(
        () -> {
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute("numbers", FlightFixture.token("anna"));
      assertThat(read(client, info, "anna")).isEqualTo(10);
      assertThat(door.open()).isZero();
    }
  }

  @Test
  void aCancelledResultCannotBeFetched() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute("numbers", FlightFixture.token("anna"));
      CancelFlightInfoRequest request = new CancelFlightInfoRequest(info);
      assertThat(client.cancelFlightInfo(request, FlightFixture.token("bert")).getStatus())
          .isEqualTo(CancelStatus.NOT_CANCELLABLE);
      assertThat(client.cancelFlightInfo(request, FlightFixture.token("anna")).getStatus())
          .isEqualTo(CancelStatus.CANCELLED);
      assertThatThrownBy(() -> read(client, info, "anna")).hasMessageContaining("KD561 ");
    }
  }

  @Test
  void whatNobodyUsesIsForgotten() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      PreparedStatement statement = client.prepare("numbers", FlightFixture.token("anna"));
      FlightInfo info = statement.execute(FlightFixture.token("anna"));
      assertThat(fixture.head.statements().sizes()).containsExactly(1, 1);
      fixture.clock.forward(FlightFixture.LIMITS.idleHandle().plusSeconds(1));
      assertThatThrownBy(() -> read(client, info, "anna")).hasMessageContaining("KD561 ");
      fixture.head.sweep();
      assertThat(fixture.head.statements().sizes()).containsExactly(0, 0);
    }
  }

  @Test
  void tenThousandThatAreNeverClosedStayWithinTheLimit() {
    Handles<Integer> handles =
        new Handles<>(
            new RandomIds(new java.security.SecureRandom()),
            fixture.clock,
            Duration.ofMinutes(1),
            500,
            2_000);
    Set<String> ids = new HashSet<>();
    String last = "";
    Caller anna = FlightFixture.caller("anna", "GM9030");
    for (int i = 0; i < MANY; i++) {
      last = handles.add(anna, i);
      ids.add(last);
    }
    assertThat(ids).hasSize(MANY);
    assertThat(handles.size()).isEqualTo(500);
    assertThat(handles.find(anna, last)).contains(MANY - 1);
    for (int i = 0; i < MANY; i++) {
      handles.add(FlightFixture.caller("caller " + i, "GM9030"), i);
    }
    assertThat(handles.size()).isEqualTo(2_000);
    fixture.clock.forward(Duration.ofMinutes(2));
    handles.removeIdle();
    assertThat(handles.size()).isZero();
  }

  @Test
  void connectionsThatAreNeverClosedStayWithinTheLimit() throws SQLException {
    Set<Connection> open = new HashSet<>();
    for (int i = 0; i < FlightFixture.LIMITS.sessions() + 4; i++) {
      open.add(fixture.connect("anna"));
    }
    assertThat(fixture.head.sessions().size()).isEqualTo(FlightFixture.LIMITS.sessions());
    for (Connection connection : open) {
      connection.close();
    }
    fixture.clock.forward(FlightFixture.LIMITS.idleSession().plusSeconds(1));
    fixture.head.sweep();
    assertThat(fixture.head.sessions().size()).isZero();
  }

  @Test
  void aSignInEndsWithItsPassword() throws SQLException {
    try (Connection connection = fixture.connect("anna")) {
      fixture.callers.remove("anna");
      ask(connection);
      fixture.clock.forward(FlightFixture.LIMITS.check().plusSeconds(1));
      assertThatThrownBy(() -> ask(connection)).hasMessageContaining("28000 KD601 ");
    }
  }

  @Test
  void anIdleSignInEnds() throws SQLException {
    try (Connection connection = fixture.connect("anna")) {
      ask(connection);
      fixture.clock.forward(FlightFixture.LIMITS.idleSession().plusSeconds(1));
      assertThatThrownBy(() -> ask(connection)).hasMessageContaining("28000 KD601 ");
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("numbers")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void theCatalogIsChosenByPropertyAndByHeader() throws SQLException {
    assertThat(catalogOf("catalog", "GM9031")).isEqualTo("GM9031");
    assertThat(catalogOf("gemeente", "GM9030")).isEqualTo("GM9030");
    assertThat(catalogOf()).isEqualTo("none");
    assertThat(catalogOf(fixture.connectWith("token", "kdt_beide", "catalog", "GM9031")))
        .isEqualTo("GM9031");
  }

  private String catalogOf(String... settings) throws SQLException {
    return catalogOf(fixture.connect("beide", settings));
  }

  private String catalogOf(Connection connection) throws SQLException {
    ask(connection);
    try {
      connection.close();
    } catch (SQLException e) {
      // With a catalog, the stock driver closes its session after its channel.
      assertThat(e.getMessage()).contains("Channel shutdown");
    }
    return door.questions().get(door.questions().size() - 1).organisation().orElse("none");
  }
}
