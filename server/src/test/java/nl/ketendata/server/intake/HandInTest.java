package nl.ketendata.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.Test;

/** What becomes of a delivery that is handed in over HTTP, and who may do that. */
class HandInTest extends IntakeFixture {
  @Test
  void publishesWhatIsHandedInAndTellsBothCallerAndLedger() throws Exception {
    HttpResponse<byte[]> answer = put("anna", PLACE + NAME, good());

    assertThat(answer.statusCode()).as(WebClient.text(answer)).isEqualTo(201);
    JsonNode report = WebClient.parse(WebClient.text(answer));
    assertThat(report.path("nummer").asInt()).isEqualTo(1);
    assertThat(report.path("bestanden").get(0).path("toegevoegd").asInt()).isEqualTo(2);
    assertThat(store.sql(TestServer.caller("GM9030"), "select count(*) from JW301"))
        .containsExactly("2");
    assertThat(events())
        .singleElement()
        .asString()
        .startsWith("DeliveryPublished gemeente=GM9030 product=ijw delivery=" + NAME)
        .contains("read=2 added=2 known=0 refused=0")
        .endsWith("by=anna road=http");
    assertThat(incoming()).isEmpty();
    String where = answer.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> again = get("daan", URI.create(where).getPath());
    assertThat(WebClient.parse(WebClient.text(again)).path("nummer").asInt()).isEqualTo(1);
    JsonNode history = WebClient.parse(WebClient.text(get("daan", PLACE)));
    JsonNode line = history.path("leveringen").get(0);
    assertThat(line.path("naam").asText()).isEqualTo(NAME);
    assertThat(line.path("door").asText()).isEqualTo("anna");
    assertThat(line.path("bytes").asInt()).isEqualTo(good().length);
    assertThat(line.path("sha256").asText()).hasSize(64);
    assertThat(line.path("gelezen").asInt()).isEqualTo(2);
    assertThat(line.path("toestand").asText()).isEqualTo("gepubliceerd");
    assertThat(history.path("onderweg")).isEmpty();
  }

  @Test
  void knowsTheSameDeliveryAndRefusesOtherBytesUnderItsName() throws Exception {
    put("anna", PLACE + NAME, good());
    String version = version();
    HttpResponse<byte[]> again = put("anna", PLACE + NAME, good());
    HttpResponse<byte[]> other =
        put("anna", PLACE + NAME, zip("JW301.csv", "Bericht_Id,Header_Afzender\nc,9030\n"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(WebClient.parse(WebClient.text(again)).path("alBekend").asBoolean()).isTrue();
    assertThat(answer(other)).isEqualTo("409 KD108");
    assertThat(version()).isEqualTo(version);
    assertThat(audited)
        .extracting(entry -> entry.act() + " " + entry.actor() + " " + entry.result())
        .containsExactly(
            "LEVERING_GEPUBLICEERD anna goed",
            "LEVERING_BEKEND anna goed",
            "LEVERING_GEWEIGERD anna KD108");
    assertThat(events()).hasSize(3);
    assertThat(events().get(1)).startsWith("DeliveryKnown").endsWith("by=anna road=http");
    assertThat(events().get(2))
        .isEqualTo(
            "DeliveryRefused gemeente=GM9030 product=ijw delivery="
                + NAME
                + " code=KD108 by=anna road=http");
  }

  @Test
  void refusesWholeWhatIsOfAnotherGemeenteOrProductOrHostile() throws Exception {
    String version = version();
    Map<String, byte[]> bad =
        Map.of(
            "422 KD204", zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9031\n"),
            "422 KD106", zip("WMO301.csv", "Bericht_Id\na\n"),
            "422 KD103", zip("../JW301.csv", "Bericht_Id\na\n"),
            "422 KD101", "geen zip".getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> one : bad.entrySet()) {
      assertThat(answer(put("anna", PLACE + NAME, one.getValue()))).isEqualTo(one.getKey());
    }

    assertThat(version()).isEqualTo(version);
    assertThat(events()).hasSize(4).allMatch(event -> event.startsWith("DeliveryRefused "));
    assertThat(incoming()).isEmpty();
    JsonNode refused = WebClient.parse(WebClient.text(get("anna", PLACE))).path("geweigerd");
    assertThat(refused)
        .hasSize(4)
        .allMatch(one -> one.path("door").asText().equals("anna"))
        .extracting(one -> one.path("code").asText())
        .containsExactlyInAnyOrder("KD204", "KD106", "KD103", "KD101");
  }

  @Test
  void takesDeliveriesOnlyOfThoseWhoMayHandIn() throws Exception {
    assertThat(answer(put("", PLACE + NAME, good()))).isEqualTo("401 KD601");
    assertThat(answer(put("daan", PLACE + NAME, good()))).isEqualTo("403 KD602");
    assertThat(get("daan", PLACE).statusCode()).isEqualTo(200);
    assertThat(put("els", PLACE + NAME, good()).statusCode()).isEqualTo(201);
    assertThat(answer(get("els", PLACE))).isEqualTo("403 KD602");
    assertThat(answer(get("fem", PLACE + "voortgang"))).isEqualTo("403 KD602");
    seen.clear();
    assertThat(events()).isEmpty();
    assertThat(incoming()).isEmpty();
  }

  @Test
  void takesNothingWhenTheServerIsOpen() throws Exception {
    stop();
    store = new TestServer(data);
    serve(true);

    assertThat(answer(put("anna", PLACE + NAME, good()))).isEqualTo("403 KD343");
  }

  /** Whoever asks must not learn whether another gemeente is here. */
  @Test
  void tellsOfAnotherGemeenteWhatItTellsOfNone() throws Exception {
    store.ingest().makeKnown(Gemeente.parse("GM9031"));
    put("bert", "/leveringen/GM9031/ijw/" + NAME, zip("JW301.csv", "Bericht_Id\na\n"));
    assertThat(events()).hasSize(1);
    for (String rest : List.of("", "voortgang", NAME, NAME + "/verslag", "niet.zip")) {
      String foreign = shown(get("anna", "/leveringen/GM9031/ijw/" + rest));
      String unknown = shown(get("anna", "/leveringen/GM9032/ijw/" + rest));
      assertThat(foreign.replace("GM9031", "X"))
          .as(rest)
          .startsWith("404 ")
          .isEqualTo(unknown.replace("GM9032", "X"));
    }
    String foreign = shown(put("anna", "/leveringen/GM9031/ijw/" + NAME, good()));
    String unknown = shown(put("anna", "/leveringen/GM9032/ijw/" + NAME, good()));
    assertThat(foreign.replace("GM9031", "X"))
        .startsWith("404 ")
        .isEqualTo(unknown.replace("GM9032", "X"));
  }

  private static String shown(HttpResponse<byte[]> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    List.of("date", "server-timing").forEach(headers::remove);
    return answer.statusCode() + " " + headers + " " + WebClient.text(answer);
  }

  @Test
  void refusesNamesThatAreNoneAndPathsThatLeadNowhere() throws Exception {
    for (String name :
        List.of("a.txt", "..%2Fx.zip", "%2e%2e%5Cx.zip", ".zip", "a%0A.zip", "a:b.zip")) {
      assertThat(answer(put("anna", PLACE + name, good()))).as(name).isEqualTo("400 KD344");
    }
    for (String path :
        List.of(
            "/leveringen",
            "/leveringen/GM9030",
            "/leveringen/GM9030/ijw",
            "/leveringen/GM9030/x/")) {
      assertThat(answer(get("anna", path))).as(path).isEqualTo("404 KD502");
    }
    assertThat(answer(get("anna", PLACE + NAME + "/nog"))).isEqualTo("404 KD502");
    assertThat(answer(get("anna", PLACE + NAME + "/verslag"))).isEqualTo("404 KD345");
    for (String method : List.of("POST", "DELETE", "PATCH")) {
      HttpResponse<byte[]> answer = send("anna", method, PLACE + NAME, BodyPublishers.noBody());
      assertThat(answer(answer)).isEqualTo("405 KD504");
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, PUT");
    }
    assertThat(answer(put("anna", PLACE, good()))).isEqualTo("405 KD504");
  }

  @Test
  void takesTheMomentFromTheAddressWhenTheNameTellsNone() throws Exception {
    HttpResponse<byte[]> without = put("anna", PLACE + "levering.zip", good());
    assertThat(answer(without)).isEqualTo("422 KD105");
    assertThat(WebClient.text(without)).contains("?tijdstip=jjjjMMddUUmmss");

    String path = PLACE + "levering.zip?tijdstip=20240107060000";
    assertThat(put("anna", path, good()).statusCode()).isEqualTo(201);
    assertThat(
            WebClient.parse(WebClient.text(get("anna", PLACE)))
                .path("leveringen")
                .get(0)
                .path("tijdstip")
                .asText())
        .isEqualTo("2024-01-07T06:00");
  }

  @Test
  void makesEarlierDeliveriesVoidWhenAskedByOneWhoMaySeeThem() throws Exception {
    put("anna", PLACE + NAME, good());
    byte[] other = zip("JW301.csv", "Bericht_Id,Header_Afzender\nc,9030\n");
    String next = PLACE + NAME.replace("0107", "0114");
    assertThat(answer(put("els", next + "?vervang=ja", other))).isEqualTo("403 KD602");
    assertThat(put("anna", next + "?vervang=ja", other).statusCode()).isEqualTo(201);
    assertThat(store.sql(TestServer.caller("GM9030"), "select Bericht_Id from JW301"))
        .containsExactly("c");
  }

  @Test
  void refusesWhatItDoesNotKnowBehindTheAddress() throws Exception {
    for (String query :
        List.of(
            "tijdstip=gisteren",
            "tijdstip=20241307060000",
            "tijdstip",
            "vervang",
            "vervang=true",
            "vervang=ja&vervang=ja",
            "product=ijw",
            "&",
            "x")) {
      HttpResponse<byte[]> answer = put("anna", PLACE + NAME + "?" + query, good());
      assertThat(answer(answer)).as(query).isEqualTo("400 KD331");
    }
    assertThat(put("anna", PLACE + NAME + "?vervang=nee", good()).statusCode()).isEqualTo(201);
  }

  @Test
  void takesNothingWhileTheDriveIsAwayAndMakesNothingInItsPlace() throws Exception {
    Path away = data.resolveSibling("elders");
    Files.move(data, away);
    Files.createDirectory(data);
    assertThat(answer(put("anna", PLACE + NAME, good()))).isEqualTo("503 KD330");
    assertThat(data).isEmptyDirectory();
    Files.delete(data);
    Files.move(away, data);
    assertThat(put("anna", PLACE + NAME, good()).statusCode()).isEqualTo(201);
  }
}
