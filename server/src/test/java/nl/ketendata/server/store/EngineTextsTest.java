package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller reads when the engine cannot work with a value: made to say so by the engine. */
class EngineTextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "9223372036854775807 * i | de uitkomst van een berekening is te groot"
            + " | the result of a calculation is too large",
        "(-9223372036854775808 + i - i) // (1 - i) | de uitkomst van een berekening is te groot"
            + " | the result of a calculation is too large",
        "9223372036854775807 + i | de uitkomst van een berekening is te groot"
            + " | the result of a calculation is too large",
        "-9223372036854775807 - i | de uitkomst van een berekening is te groot"
            + " | the result of a calculation is too large",
        "CAST(concat('twaalf', i) AS INTEGER) | ~twaalf2~ is geen INTEGER | ~twaalf2~ is no"
            + " INTEGER",
        "CAST(i * 3000000000 AS INTEGER) | 6000000000 past niet in INTEGER"
            + " | 6000000000 does not fit into INTEGER",
        "CAST(i * 30000 AS DECIMAL(4,1)) | 60000 past niet in DECIMAL(4,1)"
            + " | 60000 does not fit into DECIMAL(4,1)",
        "CAST(concat('2023-02-3', i) AS DATE) | ~2023-02-32~ is geen DATE | ~2023-02-32~ is no DATE"
      })
  void areInBothLanguages(String expression, String dutch, String english) throws SQLException {
    Failure failure = failure(expression);
    assertThat(failure.code()).isEqualTo(Code.DATA_VALUE);
    assertThat(failure.message(Failure.DUTCH)).endsWith(": " + dutch.replace('~', '"'));
    assertThat(failure.message(Locale.ENGLISH)).endsWith(": " + english.replace('~', '"'));
  }

  private static Failure failure(String expression) throws SQLException {
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            engine
                .createStatement()
                .executeQuery("SELECT " + expression + " FROM range(2, 3) t(i)")) {
      rows.next();
      throw new AssertionError("The engine worked out " + rows.getString(1));
    } catch (SQLException e) {
      return EngineFailures.of(e);
    }
  }
}
