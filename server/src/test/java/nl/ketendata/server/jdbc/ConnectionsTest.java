package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
    fixture.door.answers("numbers", Fixture.numbers(20_001));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static Service wire(Connection connection) {
    return ((AvaticaConnection) connection).getService();
  }

  private static String id(Connection connection) {
    return ((AvaticaConnection) connection).id;
  }

  @Test
  void knowsNoConnectionOfAnotherCaller() throws SQLException {
    try (Connection annas = fixture.connect("anna");
        Connection berts = fixture.connect("bert")) {
      Service.CatalogsRequest theft = new Service.CatalogsRequest(id(annas));
      assertThatThrownBy(() -> wire(berts).apply(theft)).hasMessageContaining("KD511");
      assertThat(wire(annas).apply(theft).firstFrame.rows).isNotEmpty();
    }
  }

  @Test
  void readsNoRowsOfAnotherCallersStatement() throws SQLException {
    try (Connection annas = fixture.connect("anna");
        Connection berts = fixture.connect("bert");
        Statement statement = annas.createStatement()) {
      statement.executeQuery("numbers").next();
      int annasStatement = ((org.apache.calcite.avatica.AvaticaStatement) statement).handle.id;
      Service.FetchRequest own = new Service.FetchRequest(id(berts), annasStatement, 5_000, 100);
      Service.FetchRequest theft = new Service.FetchRequest(id(annas), annasStatement, 5_000, 100);
      assertThat(wire(berts).apply(own).missingStatement).isTrue();
      assertThatThrownBy(() -> wire(berts).apply(theft)).hasMessageContaining("KD511");
      assertThat(wire(annas).apply(theft).frame.rows).isNotEmpty();
    }
  }

  @Test
  void closesNoConnectionOfAnotherCaller() throws SQLException {
    try (Connection annas = fixture.connect("anna");
        Connection berts = fixture.connect("bert")) {
      wire(berts).apply(new Service.CloseConnectionRequest(id(annas)));
      assertThat(annas.createStatement().executeQuery("numbers").next()).isTrue();
    }
  }

  @Test
  void keepsAtMostTheLimitOfConnectionsOfACaller() throws SQLException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Connection connection = fixture.connect("anna");
      connection.createStatement().executeQuery("numbers").next();
      connections.add(connection);
      fixture.clock.forward(Duration.ofSeconds(1));
    }
    assertThat(fixture.head.connections()).isEqualTo(3);
    assertThat(fixture.door.open()).isEqualTo(3);
    assertThat(connections.get(49).createStatement().executeQuery("numbers").next()).isTrue();
  }

  @Test
  void theLimitOfOneCallerIsNotThatOfAnother() throws SQLException {
    try (Connection berts = fixture.connect("bert")) {
      fixture.clock.forward(Duration.ofSeconds(1));
      for (int i = 0; i < 10; i++) {
        fixture.connect("anna");
      }
      assertThat(berts.createStatement().executeQuery("numbers").next()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatNobodyUses() throws SQLException {
    Connection connection = fixture.connect("anna");
    connection.createStatement().executeQuery("numbers").next();
    fixture.clock.forward(Duration.ofMinutes(31));
    fixture.head.closeIdle();
    assertThat(fixture.head.connections()).isZero();
    assertThat(fixture.door.open()).isZero();
    assertThatThrownBy(() -> connection.createStatement())
        .hasMessageContaining("KD511")
        .extracting(
            e -> ((org.apache.calcite.avatica.AvaticaClientRuntimeException) e).getErrorCode())
        .isEqualTo(1);
  }

  @Test
  void closesQuietlyWhatWasClosedAlready() throws SQLException {
    Connection connection = fixture.connect("anna");
    Statement statement = connection.createStatement();
    fixture.clock.forward(Duration.ofMinutes(31));
    fixture.head.closeIdle();
    statement.close();
    connection.close();
    assertThat(fixture.head.connections()).isZero();
  }

  @Test
  void letsTheStockDriverOpenAgainWhatWasClosed() throws SQLException {
    try (Connection connection = fixture.connect("anna", "transparent_reconnection", "true")) {
      fixture.clock.forward(Duration.ofMinutes(31));
      fixture.head.closeIdle();
      assertThat(connection.createStatement().executeQuery("numbers").next()).isTrue();
    }
  }

  @Test
  void limitsTheStatementsOfAConnection() throws SQLException {
    try (Connection connection = fixture.connect("anna")) {
      for (int i = 0; i < 5; i++) {
        connection.createStatement();
      }
      assertThatThrownBy(connection::createStatement).hasMessageContaining("KD413");
    }
  }

  @Test
  void asksInTheGemeenteOfTheConnection() throws SQLException {
    try (Connection connection = fixture.connect("beide", "gemeente", "gm9031");
        ResultSet rows = connection.createStatement().executeQuery("numbers")) {
      assertThat(rows.next()).isTrue();
      assertThat(connection.getCatalog()).isEqualTo("GM9031");
    }
    assertThat(fixture.door.questions().get(0).organisation()).isEqualTo(Optional.of("GM9031"));
  }

  @Test
  void asksInNoGemeenteWhenNoneIsChosen() throws SQLException {
    try (Connection connection = fixture.connect("beide");
        ResultSet rows = connection.createStatement().executeQuery("numbers")) {
      assertThat(rows.next()).isTrue();
    }
    assertThat(fixture.door.questions().get(0).organisation()).isEmpty();
  }

  @Test
  void asksInTheCatalogThatTheClientSets() throws SQLException {
    try (Connection connection = fixture.connect("beide", "gemeente", "GM9031")) {
      connection.setCatalog("GM9030");
      connection.createStatement().executeQuery("numbers").close();
    }
    assertThat(fixture.door.questions().get(0).organisation()).isEqualTo(Optional.of("GM9030"));
  }

  @Test
  void refusesAGemeenteThatIsNotTheCallers() {
    assertThatThrownBy(() -> fixture.connect("anna", "gemeente", "GM9031"))
        .hasMessageContaining("KD603");
  }

  @Test
  void isReadOnlyAndTakesCommitAndRollback() throws SQLException {
    try (Connection connection = fixture.connect("anna", "serialization", "json")) {
      connection.setReadOnly(false);
      connection.setAutoCommit(false);
      connection.commit();
      connection.rollback();
      assertThat(connection.isReadOnly()).isTrue();
    }
  }

  @Test
  void asksAgainFromTheFirstRowAndNoOther() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      int id = ((org.apache.calcite.avatica.AvaticaStatement) statement).handle.id;
      var state = new org.apache.calcite.avatica.QueryState("numbers");
      assertThat(wire(connection).apply(new Service.FetchRequest(id(connection), id, 0, 10)))
          .matches(response -> response.missingResults && !response.missingStatement);
      assertThat(
              wire(connection)
                  .apply(new Service.SyncResultsRequest(id(connection), id, state, 0))
                  .moreResults)
          .isTrue();
      Meta.Frame frame =
          wire(connection).apply(new Service.FetchRequest(id(connection), id, 0, 10)).frame;
      assertThat(frame.rows).hasSize(10);
      assertThatThrownBy(
              () ->
                  wire(connection)
                      .apply(new Service.SyncResultsRequest(id(connection), id, state, 10)))
          .hasMessageContaining("KD411");
    }
  }
}
