package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.FakeSqlDoor;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriverTest {
  private FakeSqlDoor door;
  private FlightFixture fixture;

  @BeforeEach
  void start() {
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    door.answers("numbers", numbers(10_000));
    door.answers("none", numbers(0));
    door.answers("broken", numbers(10_000).failingAfter(6_000, Failure.of(Code.DATA_VALUE, "x")));
    fixture = new FlightFixture(door);
  }

  @AfterEach
  void stop() {
    fixture.close();
    assertThat(door.open()).isZero();
    door.close();
  }

  static FakeRows numbers(int count) {
    return FakeRows.of(count)
        .with(
            FakeRows.column("N", Types.BIGINT, "BIGINT"),
            allocator -> new BigIntVector("N", allocator),
            BigIntVector::setSafe,
            row -> row % 7 == 3 ? null : (long) row)
        .with(
            FakeRows.column("T", Types.VARCHAR, "VARCHAR"),
            allocator -> new VarCharVector("T", allocator),
            (vector, row, value) -> vector.setSafe(row, value),
            row -> ("é" + row).getBytes(StandardCharsets.UTF_8))
        .with(
            FakeRows.column("SMALL", Types.BIGINT, "BIGINT"),
            allocator -> new IntVector("SMALL", allocator),
            IntVector::setSafe,
            row -> row % 2 == 0 ? null : row);
  }

  @Test
  void readsAllRowsOfAStatement() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("numbers")) {
      for (int row = 0; row < 10_000; row++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1)).isEqualTo(row % 7 == 3 ? null : (long) row);
        assertThat(rows.getString("T")).isEqualTo("é" + row);
        assertThat(rows.getObject(3)).isEqualTo(row % 2 == 0 ? null : (long) row);
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void anAnswerWithoutRowsHasItsColumns() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("none")) {
      assertThat(rows.getMetaData().getColumnLabel(3)).isEqualTo("SMALL");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aRefusalLeadsWithItsCodes() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("unknown"))
          .hasMessageContaining("42S02 KD402 ");
      assertThatThrownBy(() -> statement.executeUpdate("delete from JW301"))
          .hasMessageContaining("25006 KD404 ");
      assertThatThrownBy(() -> statement.executeQuery("crash"))
          .hasMessageContaining("XX000 KD901 ")
          .hasMessageNotContaining("inside of the server");
      try (ResultSet rows = statement.executeQuery("broken")) {
        assertThatThrownBy(
                () -> {
                  while (rows.next()) {
                    rows.getObject(1);
                  }
                })
            .hasStackTraceContaining("22000 KD407 ");
      }
    }
  }

  @Test
  void nobodyComesInWithoutTheRightPassword() {
    assertThatThrownBy(() -> fixture.connect("anna", "password", "geraden"))
        .hasStackTraceContaining("28000 KD601 ");
    assertThatThrownBy(
            () -> {
              try (Connection connection = fixture.connectWith();
                  Statement statement = connection.createStatement()) {
                statement.executeQuery("numbers");
              }
            })
        .hasStackTraceContaining("28000 KD601 ");
  }

  @Test
  void aPersonalTokenSignsIn() throws SQLException {
    try (Connection connection = fixture.connectWith("token", "kdt_anna");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("numbers")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void valuesOfParametersArrive() throws SQLException {
    door.answers(
        "parameters",
        numbers(1),
        List.of(
            FakeRows.column("?0", Types.VARCHAR, "VARCHAR"),
            FakeRows.column("?1", Types.BIGINT, "BIGINT")));
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      for (long value = 0; value < 3; value++) {
        statement.setString(1, "waarde " + value);
        statement.setLong(2, value);
        statement.executeQuery().close();
      }
      statement.setString(1, null);
      statement.setObject(2, null);
      statement.executeQuery().close();
    }
    assertThat(door.asked())
        .containsExactly(
            List.of("waarde 0", 0L),
            List.of("waarde 1", 1L),
            List.of("waarde 2", 2L),
            java.util.Arrays.asList(null, null));
  }
}
