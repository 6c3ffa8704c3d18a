package nl.ketendata.server.query;

import static nl.ketendata.server.testing.TestServer.caller;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Divided by zero is no value, and counts as that everywhere, also of whole numbers. */
class DividedByZeroTest {
  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-aan-Zee-20240107060000.zip",
        Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\nb,9030\n"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /** {@code z} is 0 and never null. */
  private static List<String> ask(String select) {
    return server.sql(
        caller("GM9030"),
        "select " + select.replace("FROM", "from (select Levering_Nummer - 1 z from JW301) t"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "count(10 / z) FROM; 0",
        "count(mod(10, z)) FROM; 0",
        "count(10 % z) FROM; 0",
        "count(1.5 / z) FROM; 0",
        "count(mod(1.5, z)) FROM; 0",
        "count(*) FROM where 10 / z is not null; 0",
        "count(*) FROM where mod(10, z) is not null; 0",
        "count(*) FROM where 10 / z is null; 2",
        "count(*) FROM where (10 / z = 1) is unknown; 2",
        "sum(coalesce(10 / z, 7)) FROM; 14",
        "count(*) FROM where 5 not in (select 1 / (Levering_Nummer - 1) from JW301); 0",
      })
  void isNoValue(String select, String answer) {
    assertThat(ask(select)).containsExactly(answer);
  }

  @Test
  void isToldOfTheColumn() {
    PreparedSql prepared =
        server
            .door()
            .prepare(
                caller("GM9030"),
                new SqlQuestion(
                    "select 1 / Levering_Nummer, mod(5, Levering_Nummer) from JW301",
                    Optional.empty()));
    assertThat(prepared.columns()).extracting(OutputColumn::nullable).containsOnly(true);
  }
}
