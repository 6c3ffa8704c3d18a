package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.List;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.FakeSqlDoor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Utc.class)
@SuppressWarnings("try") // the client's close may be interrupted
class TimesTest {
  private static final List<LocalDateTime> MOMENTS =
      List.of(
          LocalDateTime.of(2026, 7, 1, 0, 30, 15),
          LocalDateTime.of(2026, 1, 15, 23, 59, 59),
          LocalDateTime.of(1968, 2, 29, 12, 0, 1, 250_000_000),
          LocalDateTime.of(2021, 10, 31, 1, 15, 1));

  private FakeSqlDoor door;
  private FlightFixture fixture;

  @BeforeEach
  void start() {
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    door.answers("times", FakeRows.times(MOMENTS));
    door.answers(
        "parameters",
        FakeRows.times(MOMENTS),
        List.of(
            FakeRows.column("?0", Types.DATE, "DATE"),
            FakeRows.column("?1", Types.TIME, "TIME"),
            FakeRows.column("?2", Types.TIMESTAMP, "TIMESTAMP")));
    fixture = new FlightFixture(door);
  }

  @AfterEach
  void stop() {
    fixture.close();
    door.close();
  }

  @Test
  void theDriverReadsAndSendsWallClock() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        PreparedStatement back = connection.prepareStatement("parameters");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("times")) {
      for (LocalDateTime moment : MOMENTS) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getDate(1).toLocalDate()).isEqualTo(moment.toLocalDate());
        assertThat(rows.getObject(2)).hasToString(text(moment));
        assertThat(rows.getTimestamp(3).toLocalDateTime()).isEqualTo(moment);
        assertThat(rows.getObject(3, LocalDateTime.class)).isEqualTo(moment);
        back.setDate(1, rows.getDate(1));
        back.setTime(2, rows.getTime(2));
        back.setTimestamp(3, rows.getTimestamp(3));
        back.executeQuery().close();
      }
    }
    assertThat(door.asked().stream().filter(values -> !values.isEmpty()))
        .containsExactlyElementsOf(
            MOMENTS.stream()
                .map(moment -> List.<Object>of(moment.toLocalDate(), moment.toLocalTime(), moment))
                .toList());
  }

  private static String text(LocalDateTime moment) {
    return moment.toLocalTime().withNano(0) + (moment.getNano() == 0 ? "" : ".250");
  }

  /** What goes over the wire has no zone, so that no client has a reason to move it. */
  @Test
  void theWireKnowsNoZone() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.execute("times", FlightFixture.token("anna"));
      try (FlightStream stream =
          client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
        assertThat(stream.next()).isTrue();
        assertThat(stream.getRoot().getVector(2)).isInstanceOf(TimeStampMicroVector.class);
        for (int row = 0; row < MOMENTS.size(); row++) {
          LocalDateTime moment = MOMENTS.get(row);
          assertThat(((DateDayVector) stream.getRoot().getVector(0)).get(row))
              .isEqualTo((int) moment.toLocalDate().toEpochDay());
          assertThat(((TimeMicroVector) stream.getRoot().getVector(1)).get(row))
              .isEqualTo(moment.toLocalTime().toNanoOfDay() / 1000);
          assertThat(stream.getRoot().getVector(2).getObject(row)).isEqualTo(moment);
        }
      }
    }
  }
}
