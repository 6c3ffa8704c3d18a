package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a statement fails, which the driver tells of no streamed one. */
class CursorTest {
  private static Cursor open(String sql, Object... parameters) throws SQLException {
    return open(new ArrayList<>(), sql, parameters);
  }

  private static Cursor open(List<Throwable> told, String sql, Object... parameters)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("memory_limit", "40MB");
    properties.setProperty("max_temp_directory_size", "0KB");
    return Cursor.open(
        DriverManager.getConnection("jdbc:duckdb:", properties),
        new KeptStatements(),
        new RootAllocator(),
        sql,
        List.of(parameters),
        told::add);
  }

  /** A value may read like any fault of the engine; it is in its message, and stays a value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "no space left on device",
        "file too large",
        "data corruption error",
        "corrupt database file",
        "FATAL Error: x",
        "database has been invalidated",
        "Out of Memory Error: x",
        "INTERRUPT Error: x",
        "IO Error: permission denied",
        "read-only file system",
        "KD446 77",
        "IO Error: \"No space left\""
      })
  void aValueThatReadsLikeAFaultIsAValueThatDoesNotFit(String value) throws SQLException {
    List<Throwable> told = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT CAST(? AS INTEGER)",
            "SELECT CAST(CASE WHEN i < 20000 THEN '1' ELSE ? END AS INTEGER) FROM range(30000)"
                + " t(i)",
            "SELECT CAST(? || i AS DATE) FROM range(5) t(i)")) {
      try (Cursor cursor = open(told, sql, value)) {
        fails(cursor, Code.DATA_VALUE);
      }
    }
    assertThat(told).isNotEmpty().noneMatch(EngineFailures::isLost);
  }

  private static void fails(Cursor cursor, Code code) {
    assertThatThrownBy(
            () -> {
              while (cursor.advance()) {
                assertThat(cursor.batch().getRowCount()).isPositive();
              }
            })
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void namesTheValueThatDoesNotFit() throws SQLException {
    try (Cursor cursor =
        open("SELECT CAST('twaalf' || i AS INTEGER) FROM range(5) t(i) WHERE i < ?", 3)) {
      assertThatThrownBy(cursor::advance)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("twaalf0");
    }
    try (Cursor cursor = open("SELECT CAST('twaalf' || i AS INTEGER) FROM range(5) t(i)")) {
      fails(cursor, Code.DATA_VALUE);
    }
  }

  @Test
  void tellsWantOfMemory() throws SQLException {
    try (Cursor cursor =
        open("SELECT md5(i::VARCHAR) h, count(*) FROM range(2000000) t(i) GROUP BY 1 ORDER BY 1")) {
      fails(cursor, Code.OUT_OF_MEMORY);
    }
  }

  @Test
  void tellsThatItWasCancelled() throws SQLException {
    ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
    try (Cursor cursor =
        open("SELECT count(*) FROM range(100000000000) t(i) WHERE sqrt(i) = 3.3")) {
      // Again and again, for the engine forgets what comes before a statement runs.
      other.scheduleWithFixedDelay(cursor::cancel, 300, 100, TimeUnit.MILLISECONDS);
      fails(cursor, Code.CANCELLED);
    } finally {
      other.shutdownNow();
    }
  }
}
