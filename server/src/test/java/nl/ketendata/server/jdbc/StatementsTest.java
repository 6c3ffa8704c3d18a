package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.testing.FakeRows;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
    fixture.door.answers("numbers", Fixture.numbers(20_001));
    fixture.door.answers("none", Fixture.numbers(0));
    fixture.door.answers("values", values());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static FakeRows values() {
    return FakeRows.of(2)
        .with(
            FakeRows.column("tekst", Types.VARCHAR, "VARCHAR"),
            allocator -> new VarCharVector("tekst", allocator),
            (vector, row, text) ->
                vector.setSafe(row, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            row -> row == 0 ? "Zoë 😀" : null)
        .with(
            FakeRows.column("vast", Types.CHAR, "CHAR"),
            allocator -> new VarCharVector("vast", allocator),
            (vector, row, text) ->
                vector.setSafe(row, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            row -> row == 0 ? "jw" : null)
        .with(
            FakeRows.column("groot", Types.BIGINT, "BIGINT"),
            allocator -> new IntVector("groot", allocator),
            IntVector::setSafe,
            row -> row == 0 ? 12 : null)
        .with(
            FakeRows.column("klein", Types.INTEGER, "INTEGER"),
            allocator -> new BigIntVector("klein", allocator),
            BigIntVector::setSafe,
            row -> row == 0 ? 34L : null)
        .with(
            new OutputColumn("bedrag", Types.DECIMAL, "DECIMAL", 38, 2, true, Optional.empty()),
            allocator -> new DecimalVector("bedrag", allocator, 38, 2),
            DecimalVector::setSafe,
            row -> row == 0 ? new BigDecimal("123456789012345678901234567890.10") : null)
        .with(
            FakeRows.column("maat", Types.DOUBLE, "DOUBLE"),
            allocator -> new Float8Vector("maat", allocator),
            Float8Vector::setSafe,
            row -> row == 0 ? 0.1 : null)
        .with(
            FakeRows.column("waar", Types.BOOLEAN, "BOOLEAN"),
            allocator -> new BitVector("waar", allocator),
            BitVector::setSafe,
            row -> row == 0 ? 1 : null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void givesValuesOfTheTypesDeclared(String serialization) throws SQLException {
    try (Connection connection = fixture.connect("anna", "serialization", serialization);
        ResultSet rows = connection.createStatement().executeQuery("values")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("tekst")).isEqualTo("Zoë 😀");
      assertThat(rows.getString("vast")).isEqualTo("jw");
      assertThat(rows.getLong("groot")).isEqualTo(12);
      assertThat(rows.getInt("klein")).isEqualTo(34);
      assertThat(rows.getBigDecimal("bedrag"))
          .isEqualTo(new BigDecimal("123456789012345678901234567890.10"));
      assertThat(rows.getDouble("maat")).isEqualTo(0.1);
      assertThat(rows.getBoolean("waar")).isTrue();
      assertThat(rows.getMetaData().getColumnClassName(3)).isEqualTo("java.lang.Long");
      assertThat(rows.getMetaData().getColumnTypeName(5)).isEqualTo("DECIMAL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void givesNullInEveryType(String serialization) throws SQLException {
    try (Connection connection = fixture.connect("anna", "serialization", serialization);
        ResultSet rows = connection.createStatement().executeQuery("values")) {
      rows.next();
      rows.next();
      for (int column = 1; column <= 7; column++) {
        assertThat(rows.getObject(column)).isNull();
        assertThat(rows.wasNull()).isTrue();
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 777, 5_000, 100_000})
  void givesEveryRowOnceWhateverTheFetchSize(int fetchSize) throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(fetchSize);
      String sql = fetchSize == 1 ? "few" : "numbers";
      fixture.door.answers("few", Fixture.numbers(30));
      long expected = 0;
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          assertThat(rows.getLong(1)).isEqualTo(expected++);
        }
      }
      assertThat(expected).isEqualTo(sql.equals("few") ? 30 : 20_001);
    }
  }

  @Test
  void givesNoRowsWithTheirColumns() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        ResultSet rows = connection.createStatement().executeQuery("none")) {
      assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("N");
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 5_000, 6_000})
  void obeysMaxRows(int most) throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(most);
      try (ResultSet rows = statement.executeQuery("numbers")) {
        assertThat(Stream.generate(() -> next(rows)).takeWhile(more -> more).count())
            .isEqualTo(most);
      }
      assertThat(fixture.door.open()).isZero();
    }
  }

  private static boolean next(ResultSet rows) {
    try {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givesRowsBackWhenTheyAreReadToTheEnd() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        ResultSet rows = connection.createStatement().executeQuery("values")) {
      assertThat(fixture.door.open()).isZero();
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void givesRowsBackWhenTheStatementIsClosed() throws SQLException {
    try (Connection connection = fixture.connect("anna")) {
      Statement statement = connection.createStatement();
      statement.executeQuery("numbers").next();
      assertThat(fixture.door.open()).isEqualTo(1);
      statement.close();
      assertThat(fixture.door.open()).isZero();
    }
  }

  @Test
  void givesRowsBackWhenTheStatementAsksSomethingElse() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("numbers").next();
      statement.executeQuery("numbers").next();
      assertThat(fixture.door.open()).isEqualTo(1);
    }
  }

  @Test
  void givesRowsBackWhenTheConnectionIsClosed() throws SQLException {
    Connection connection = fixture.connect("anna");
    connection.createStatement().executeQuery("numbers").next();
    connection.createStatement().executeQuery("numbers").next();
    assertThat(fixture.door.open()).isEqualTo(2);
    connection.close();
    assertThat(fixture.door.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3_000, 12_000})
  void tellsAFailureAmongTheRowsAndGivesThemBack(int sound) throws SQLException {
    Failure late = Failure.of(Code.TIMED_OUT, "60 s");
    fixture.door.answers("late", Fixture.numbers(20_000).failingAfter(sound, late));
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> {
                ResultSet rows = statement.executeQuery("late");
                while (rows.next()) {}
              })
          .hasMessageContaining("KD421");
      assertThat(fixture.door.open()).isZero();
    }
  }

  @Test
  void readsManyStatementsOfAConnectionInTurn() throws SQLException {
    long sum = 0;
    try (Connection connection = fixture.connect("anna")) {
      List<ResultSet> open = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        open.add(connection.createStatement().executeQuery("numbers"));
      }
      for (int row = 0; row <= 20_000; row++) {
        for (ResultSet rows : open) {
          assertThat(rows.next()).isTrue();
          sum += rows.getLong(1);
        }
      }
    }
    assertThat(sum).isEqualTo(4 * 20_000L * 20_001 / 2);
  }

  @Test
  void givesRowsBackThatNobodyFetches() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        ResultSet rows = connection.createStatement().executeQuery("numbers")) {
      rows.next();
      fixture.clock.forward(Duration.ofMinutes(6));
      fixture.head.closeIdle();
      assertThat(fixture.door.open()).isZero();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {}
              })
          .hasMessageContaining("KD411");
    }
  }

  /** It may wait for the very places that those rows hold. */
  @Test
  void givesThemBackBesideARequestThatWaitsOnTheSameConnection() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    try (Connection connection = fixture.connect("anna")) {
      ResultSet left = connection.createStatement().executeQuery("numbers");
      left.next();
      Statement closed = connection.createStatement();
      closed.executeQuery("numbers").next();
      fixture.door.whenClosing(
          () -> {
            if (first.getAndSet(false)) {
              waits.countDown();
              await(goOn);
            }
          });
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(
              () -> {
                try {
                  closed.close();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(waits);
      fixture.clock.forward(Duration.ofMinutes(6));
      fixture.head.closeIdle();
      assertThat(fixture.door.open()).isEqualTo(1);
      goOn.countDown();
      waiting.get(60, TimeUnit.SECONDS);
      assertThat(fixture.door.open()).isZero();
    } finally {
      goOn.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
