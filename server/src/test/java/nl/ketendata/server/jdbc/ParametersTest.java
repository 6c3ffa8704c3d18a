package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.testing.FakeRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /** Lets the statement {@code parameters} have parameters of these types. */
  static void answersWith(Fixture fixture, int... types) {
    List<OutputColumn> parameters = new ArrayList<>();
    for (int type : types) {
      parameters.add(FakeRows.column("?", type, WireType.of(type).name()));
    }
    fixture.door.answers("parameters", Fixture.numbers(12_000), parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void givesTheDoorAValueOfEachType(String serialization) throws SQLException {
    answersWith(
        fixture,
        Types.VARCHAR,
        Types.BIGINT,
        Types.INTEGER,
        Types.DECIMAL,
        Types.DOUBLE,
        Types.BOOLEAN,
        Types.VARCHAR);
    try (Connection connection = fixture.connect("anna", "serialization", serialization);
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      statement.setString(1, "O'Neill 😀");
      statement.setLong(2, Long.MAX_VALUE);
      statement.setInt(3, -7);
      statement.setBigDecimal(4, new BigDecimal("12345678901234567890.10"));
      statement.setDouble(5, 0.1);
      statement.setBoolean(6, true);
      statement.setNull(7, Types.VARCHAR);
      statement.executeQuery().close();
    }
    assertThat(fixture.door.asked().get(0))
        .containsExactly(
            "O'Neill 😀",
            Long.MAX_VALUE,
            -7L,
            new BigDecimal("12345678901234567890.10"),
            0.1,
            true,
            null);
  }

  @Test
  void takesTextForEveryTypeThatItCanBe() throws SQLException {
    answersWith(fixture, Types.DATE, Types.TIMESTAMP, Types.BIGINT, Types.DECIMAL, Types.BOOLEAN);
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      statement.setString(1, "2026-07-01");
      statement.setString(2, "2026-07-01 10:20:30");
      statement.setString(3, "42");
      statement.setString(4, "1.50");
      statement.setString(5, "false");
      statement.executeQuery().close();
    }
    assertThat(fixture.door.asked().get(0))
        .containsExactly(
            LocalDate.of(2026, 7, 1),
            LocalDateTime.of(2026, 7, 1, 10, 20, 30),
            42L,
            new BigDecimal("1.50"),
            false);
  }

  @Test
  void refusesAValueThatIsNotOfTheType() throws SQLException {
    answersWith(fixture, Types.BIGINT, Types.DATE);
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      statement.setLong(1, 1);
      statement.setString(2, "31 februari");
      assertThatThrownBy(statement::executeQuery)
          .hasMessageContaining("KD408 De waarde van parameter 2 is geen DATE")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("22023");
    }
  }

  @Test
  void refusesADecimalForAWholeNumber() throws SQLException {
    answersWith(fixture, Types.BIGINT);
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      statement.setBigDecimal(1, new BigDecimal("1.5"));
      assertThatThrownBy(statement::executeQuery).hasMessageContaining("KD408");
    }
  }

  @Test
  void executesAgainWithOtherValues() throws SQLException {
    answersWith(fixture, Types.BIGINT);
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      for (long value = 1; value <= 3; value++) {
        statement.setLong(1, value);
        try (ResultSet rows = statement.executeQuery()) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          assertThat(count).isEqualTo(12_000);
        }
      }
    }
    assertThat(fixture.door.asked()).containsExactly(List.of(1L), List.of(2L), List.of(3L));
    assertThat(fixture.door.questions()).hasSize(1);
  }

  @Test
  void describesParametersAndColumnsBeforeExecution() throws SQLException {
    answersWith(fixture, Types.DECIMAL);
    try (Connection connection = fixture.connect("anna");
        PreparedStatement statement = connection.prepareStatement("parameters")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
      assertThat(statement.getParameterMetaData().getParameterType(1)).isEqualTo(Types.DECIMAL);
      assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("N");
    }
  }

  @Test
  void refusesAQuestionWithParametersThatGotNone() throws SQLException {
    answersWith(fixture, Types.DECIMAL);
    try (Connection connection = fixture.connect("anna")) {
      assertThatThrownBy(() -> connection.createStatement().executeQuery("parameters"))
          .hasMessageContaining("KD409")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("07001");
    }
  }
}
