package nl.ketendata.server.attack;

import static nl.ketendata.server.testing.TestServer.caller;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.ODataHead;
import nl.ketendata.server.odata.ODataSettings;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever A asks, the answer is the same, to the byte, whether B is there or not. More questions:
 * {@code -Dketendata.questions=10000}; others: {@code -Dketendata.seed=7}.
 */
class NeighbourTest {
  private static final int QUESTIONS = Integer.getInteger("ketendata.questions", 400);
  private static final long SEED = Long.getLong("ketendata.seed", 20261127);
  private static final String SECRET = "geheimvanb";

  @TempDir static Path data;
  private static TestServer alone;
  private static TestServer beside;

  @BeforeAll
  static void load() {
    alone = new TestServer(data.resolve("a"), new SetClock(Instant.parse("2026-03-01T12:00:00Z")));
    beside = new TestServer(data.resolve("b"), new SetClock(Instant.parse("2026-03-01T12:00:00Z")));
    for (String product : List.of("IJW", "IWMO")) {
      take(alone, "9030", product, 5, "zorg");
      take(beside, "9030", product, 5, "zorg");
      take(beside, "9031", product, 50, SECRET);
    }
  }

  private static void take(
      TestServer server, String gemeente, String product, int rows, String receiver) {
    String table = (product.equals("IJW") ? "JW" : "WMO") + "301";
    boolean own = gemeente.equals("9030");
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_Ontvanger,Client_Bsn\n");
    StringBuilder products = new StringBuilder("ToegewezenProduct_Id,Bericht_Id\n");
    for (int i = 0; i < rows; i++) {
      String letter = own ? "m" : "b";
      messages.append("%s%d,%s,%s%d\n".formatted(letter, i, receiver, own ? "h" : SECRET, i));
      products.append("%s%d,%s%d\n".formatted(own ? "p" : "q", i, letter, i));
    }
    server.take(
        "GM" + gemeente,
        "Ketendata-" + product + "-G" + gemeente + "-20240107060000.zip",
        new TreeMap<>(
            Map.of(
                table + ".csv", messages.toString(),
                table + "_ToegewezenProduct.csv", products.toString())));
  }

  @AfterAll
  static void close() {
    alone.close();
    beside.close();
  }

  @Test
  void sqlTellsNothingOfAnother() {
    Questions questions = new Questions(SEED);
    int answered = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String text = questions.sql();
      String answer = sql(beside, text);
      assertThat(answer).as(text).isEqualTo(sql(alone, text)).doesNotContain(SECRET);
      answered += answer.startsWith("[") ? 1 : 0;
    }
    assertThat(answered).as("questions that were answered").isGreaterThan(QUESTIONS / 4);
  }

  /** For the engine it would be an aggregate of the question around it. */
  @Test
  void anAggregateOfTheRowAroundASubQueryIsAnswered() {
    assertThat(
            sql(
                beside,
                "select t.Bericht_Id from JW301 t where t.Levering_Gemeente ="
                    + " (select max(Levering_Gemeente) from information_schema.tables)"
                    + " order by 1"))
        .isEqualTo("[m0, m1, m2, m3, m4]");
    assertThat(
            sql(
                beside,
                "select (select max(t.Bericht_Id || 'x') from JW301 u where u.Bericht_Id ="
                    + " t.Bericht_Id) from JW301 t"))
        .isEqualTo("[m0x, m1x, m2x, m3x, m4x]");
  }

  private static String sql(TestServer server, String text) {
    try {
      return server.sql(caller("GM9030"), text).stream().sorted().toList().toString();
    } catch (Failure failure) {
      assertThat(failure.code()).as(text).isNotEqualTo(Code.INTERNAL);
      // Which of several rows that cannot be converted comes first differs from run to run.
      return failure.code() + " " + failure.getMessage().replaceAll("\"[mp][0-9]+\"", "…");
    }
  }

  @Test
  void odataTellsNothingOfAnother() throws IOException {
    Questions questions = new Questions(SEED);
    ODataHead one = head(alone);
    ODataHead two = head(beside);
    int answered = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String address = "/odata/" + questions.odata();
      FakeExchange answer = get(two, address);
      FakeExchange expected = get(one, address);
      assertThat(answer.status()).as(address).isEqualTo(expected.status()).isLessThan(502);
      assertThat(answer.text()).as(address).isEqualTo(expected.text()).doesNotContain(SECRET);
      assertThat(answer.answered()).as(address).isEqualTo(expected.answered());
      answered += answer.status() == 200 ? 1 : 0;
    }
    assertThat(answered).as("questions that were answered").isGreaterThan(QUESTIONS / 5);
  }

  /**
   * Not found and not allowed are one: the name of another is as unknown as one that is not, and as
   * near to the own one, which may be meant.
   */
  @Test
  void anotherIsAsUnknownAsNobody() throws IOException {
    ODataHead head = head(beside);
    for (String path :
        List.of(
            "ijw/", "ijw/$metadata", "ijw/JW301", "ijw/JW301('b1')", "xyz/", "ijw/JW301?$x=1")) {
      FakeExchange other = get(head, "/odata/GM9031/" + path);
      FakeExchange nobody = get(head, "/odata/GM9039/" + path);
      assertThat(other.status()).isEqualTo(nobody.status()).isEqualTo(404);
      assertThat(other.text()).isEqualTo(nobody.text().replace("GM9039", "GM9031"));
      assertThat(other.answered()).isEqualTo(nobody.answered());
    }
    assertThat(sql(beside, "select * from GM9031.IJW.JW301"))
        .isEqualTo(sql(beside, "select * from GM9039.IJW.JW301").replace("GM9039", "GM9031"));
  }

  private static ODataHead head(TestServer server) {
    return new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(3, 100));
  }

  private static FakeExchange get(ODataHead head, String address) throws IOException {
    FakeExchange exchange = new FakeExchange("GET", address);
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      assertThat(failure.code()).as(address).isNotEqualTo(Code.INTERNAL);
      head.refuse(exchange, failure);
    }
    return exchange;
  }
}
