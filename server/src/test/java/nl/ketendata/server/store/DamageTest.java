package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the files of one gemeente, and who notices. */
class DamageTest {
  private static final Gemeente HURT = Gemeente.parse("GM9030");
  private static final Caller HURT_CALLER = TestServer.caller("GM9030");
  private static final Caller OTHER_CALLER = TestServer.caller("GM9031");
  private static final String QUESTION = "select min(Header_Ontvanger), count(*) from JW301";

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void takeIn() {
    server = new TestServer(data);
    for (String gemeente : List.of("GM9030", "GM9031")) {
      StringBuilder rows = new StringBuilder("Bericht_Id,Header_Ontvanger\n");
      for (int i = 0; i < 5_000; i++) {
        rows.append("k").append(i * 7919L % 5_003).append(",").append(i).append('\n');
      }
      server.take(
          gemeente, "Ketendata-IJW-Test-20240107060000.zip", Map.of("JW301.csv", rows.toString()));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path current() {
    VersionFiles files = new VersionFiles(data);
    OptionalLong number = files.current(HURT, Product.IJW);
    return files.file(HURT, Product.IJW, number.orElseThrow());
  }

  private void reopen() {
    server.close();
    server = new TestServer(data);
  }

  private static void isTold(Code code, Failure failure) {
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains("GM9030");
  }

  private void askBoth(Code expected) {
    assertThatThrownBy(() -> server.sql(HURT_CALLER, QUESTION))
        .isInstanceOfSatisfying(Failure.class, failure -> isTold(expected, failure));
    assertThat(server.sql(OTHER_CALLER, QUESTION)).containsExactly("0|5000");
  }

  @Test
  void isOfOneGemeenteWhenABlockIsNotWhatWasWritten() throws IOException {
    byte[] good = Files.readAllBytes(current());
    int told = 0;
    for (int block = 0; block < good.length / 262_144; block++) {
      byte[] bad = good.clone();
      bad[12_288 + block * 262_144 + 100] ^= 1;
      server.close();
      Files.write(current(), bad);
      server = new TestServer(data);
      try {
        assertThat(server.sql(HURT_CALLER, QUESTION)).as("%d", block).containsExactly("0|5000");
      } catch (Failure failure) {
        isTold(Code.STORE_DAMAGED, failure);
        told++;
      }
      assertThat(server.sql(OTHER_CALLER, QUESTION)).containsExactly("0|5000");
    }
    assertThat(told).isPositive();
  }

  @Test
  void isOfOneGemeenteWhenItsFileIsNone() throws IOException {
    Files.writeString(current(), "no database");
    reopen();
    askBoth(Code.STORE_DAMAGED);
  }

  @Test
  void refusesWhatANewerServerWrote() throws SQLException {
    server.close();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + current());
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE _opslag SET formaat = 99");
    }
    server = new TestServer(data);
    askBoth(Code.STORE_NEWER);
    assertThatThrownBy(
            () ->
                server.take(
                    "GM9030",
                    "Ketendata-IJW-Test-20240114060000.zip",
                    Map.of("JW301.csv", "Bericht_Id\nx\n")))
        .isInstanceOfSatisfying(Failure.class, failure -> isTold(Code.STORE_NEWER, failure));
  }

  @Test
  void givesTheEngineUpThatRefusesEverythingAndTakesAnother() {
    Engine lost = server.store().engine();
    assertThat(server.sql(HURT_CALLER, QUESTION)).containsExactly("0|5000");
    lost.look(
        new SQLException(
            "FATAL Error: Failed: database has been invalidated because of a previous fatal"
                + " error."));

    assertThat(server.sql(HURT_CALLER, QUESTION)).containsExactly("0|5000");
    assertThat(server.sql(OTHER_CALLER, QUESTION)).containsExactly("0|5000");
    assertThat(server.store().engine()).isNotSameAs(lost);
  }

  @Test
  void keepsTheEngineForWhatIsWrongWithAQuestion() {
    Engine engine = server.store().engine();
    assertThatThrownBy(() -> server.store().open("SELECT no_such_column", List.of()))
        .isInstanceOf(Failure.class);
    assertThat(server.store().engine()).isSameAs(engine);
  }
}
