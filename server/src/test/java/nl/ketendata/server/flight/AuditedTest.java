package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.FakeSqlDoor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who tries what is not theirs leaves a line in the audit trail. */
@SuppressWarnings("try") // the client's close may be interrupted
class AuditedTest {
  private FakeSqlDoor door;
  private FlightFixture fixture;

  @BeforeEach
  void start() {
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    door.answers("numbers", FakeRows.numbers(1));
    fixture = new FlightFixture(door);
  }

  @AfterEach
  void stop() {
    fixture.close();
    door.close();
  }

  private static void read(FlightSqlClient client, FlightInfo info, String user) throws Exception {
    try (FlightStream stream =
        client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token(user))) {
      stream.next();
    }
  }

  private void assertAudited(Act act, String actor, String payer, String object, String code) {
    assertThat(fixture.audited)
        .containsExactly(new Entry(act, actor, payer, "127.0.0.1", object, code, 0));
    fixture.audited.clear();
  }

  @Test
  void aSignInThatIsRefused() {
    assertThatThrownBy(() -> fixture.connectWith("user", "anna", "password", "wrong").close())
        .hasStackTraceContaining("28000 KD601 ");
    assertAudited(Act.AANMELDING_GEWEIGERD, "", "", "flight HANDSHAKE", "KD601");
  }

  @Test
  void aTokenThatIsNobodys() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      assertThatThrownBy(() -> client.execute("numbers", FlightFixture.token("eve")))
          .hasMessageContaining("28000 KD601 ");
      assertAudited(Act.AANMELDING_GEWEIGERD, "", "", "flight GET_FLIGHT_INFO", "KD601");
      assertThatThrownBy(() -> client.execute("numbers")).hasMessageContaining("28000 KD601 ");
      assertThat(fixture.audited).as("a client that asks how to sign in").isEmpty();
    }
  }

  @Test
  void aTokenThatIsWithdrawnWhileItsRowsWait() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      PreparedStatement statement = client.prepare("numbers", FlightFixture.token("anna"));
      FlightInfo info = statement.execute(FlightFixture.token("anna"));
      assertThat(fixture.audited).isEmpty();
      fixture.callers.remove("anna");
      assertThatThrownBy(() -> read(client, info, "anna")).hasMessageContaining("28000 KD601 ");
      assertAudited(Act.AANMELDING_GEWEIGERD, "", "", "flight DO_GET", "KD601");
      assertThatThrownBy(() -> statement.execute(FlightFixture.token("anna")))
          .hasMessageContaining("28000 KD601 ");
      assertAudited(Act.AANMELDING_GEWEIGERD, "", "", "flight GET_FLIGHT_INFO", "KD601");
    }
  }

  @Test
  void aCallerWithOtherRightsHasNothingOfBefore() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute("numbers", FlightFixture.token("anna"));
      fixture.callers.put("anna", FlightFixture.caller("anna", "GM9031"));
      assertThatThrownBy(() -> read(client, info, "anna")).hasMessageContaining("26000 KD561 ");
      assertAudited(Act.VERZOEK, "anna", "GM9031", "flight DO_GET", "KD561");
    }
  }

  @Test
  void aCookieThatIsNobodys() throws Exception {
    var headers = new org.apache.arrow.flight.FlightCallHeaders();
    headers.insert("cookie", "ketendata_flight=kdf_0123456789");
    try (FlightSqlClient client = fixture.client()) {
      assertThatThrownBy(
              () ->
                  client.execute("numbers", new org.apache.arrow.flight.HeaderCallOption(headers)))
          .hasMessageContaining("28000 KD601 ");
      assertAudited(Act.AANMELDING_GEWEIGERD, "", "", "flight GET_FLIGHT_INFO", "KD601");
    }
  }

  @Test
  void whoTriesTheHandlesOfAnother() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      PreparedStatement statement = client.prepare("numbers", FlightFixture.token("anna"));
      assertThatThrownBy(() -> statement.execute(FlightFixture.token("bert")))
          .hasMessageContaining("26000 KD561 ");
      assertAudited(Act.VERZOEK, "bert", "GM9030", "flight GET_FLIGHT_INFO", "KD561");
      FlightInfo info = statement.execute(FlightFixture.token("anna"));
      assertThatThrownBy(() -> read(client, info, "bert")).hasMessageContaining("26000 KD561 ");
      assertAudited(Act.VERZOEK, "bert", "GM9030", "flight DO_GET", "KD561");
    }
  }

  @Test
  void whoAsksInAnOrganisationOfAnother() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      assertThatThrownBy(
              () -> client.execute("numbers", FlightFixture.token("anna", "catalog", "GM9031")))
          .hasMessageContaining("42S02 KD603 ");
      assertAudited(Act.ANDERE_ORGANISATIE, "anna", "GM9030", "flight GET_FLIGHT_INFO", "KD603");
    }
  }
}
