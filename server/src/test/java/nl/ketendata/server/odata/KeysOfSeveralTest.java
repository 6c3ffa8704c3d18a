package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gemeenten of a hoofdorganisatie both have a message m1. */
class KeysOfSeveralTest {
  private static final Organisation REGIO =
      new Organisation("REGIO", List.of(new Gemeente("9030"), new Gemeente("9031")));

  @TempDir static Path data;
  private static TestServer server;
  private static ODataHead head;

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    for (String code : List.of("9030", "9031")) {
      server.take(
          "GM" + code,
          "Ketendata-IJW-G" + code + "-20240107060000.zip",
          Map.of(
              "JW301.csv",
              "Bericht_Id,Header_Afzender\nm1,%s\nm%s,%s\n".formatted(code, code, code),
              "JW301_ToegewezenProduct.csv",
              "ToegewezenProduct_Id,Bericht_Id,Omvang_Volume\np1,m1,%s\n".formatted(code)));
    }
    head = new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(10, 100));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static String get(String path) throws IOException {
    FakeExchange exchange = new FakeExchange("GET", "/odata/REGIO/ijw/" + path).of(REGIO);
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      head.refuse(exchange, failure);
    }
    return exchange.status() + " " + exchange.text();
  }

  @Test
  void aKeyOfSeveralIsNotAnsweredByChance() throws IOException {
    for (String path :
        List.of("JW301('m1')", "JW301('m1')/Header_Afzender", "JW301('m1')/ToegewezenProduct")) {
      assertThat(get(path))
          .as(path)
          .startsWith("409 ")
          .contains("KD547", "JW301(Bericht_Id='m1',Levering_Gemeente='9030')");
    }
    assertThat(get("JW301('m9031')")).startsWith("200 ").contains("\"Header_Afzender\":\"9031\"");
    assertThat(get("JW301('weg')")).startsWith("404 ").contains("KD506");
  }

  @Test
  void theGemeenteSaysWhichIsMeant() throws IOException {
    for (String code : List.of("9030", "9031")) {
      String row = "JW301(Bericht_Id='m1',Levering_Gemeente='" + code + "')";
      assertThat(get(row)).startsWith("200 ").contains("\"Header_Afzender\":\"" + code + "\"");
      assertThat(get(row + "/Header_Afzender/$value")).isEqualTo("200 " + code);
      assertThat(get(row + "/ToegewezenProduct?$select=Omvang_Volume"))
          .startsWith("200 ")
          .contains("\"Omvang_Volume\":" + code)
          .doesNotContain(code.equals("9030") ? "9031" : "9030}");
    }
    assertThat(get("JW301(Bericht_Id='m1',Header_Afzender='9030')"))
        .startsWith("400 ")
        .contains("Levering_Gemeente");
  }

  @Test
  void allOfThemAreInTheSet() throws IOException {
    assertThat(get("JW301/$count")).isEqualTo("200 4");
  }
}
