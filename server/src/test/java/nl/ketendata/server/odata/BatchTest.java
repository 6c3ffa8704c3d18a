package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private final ODataFixture fixture = new ODataFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void answersThePartsInOrderWithTheirContentIds() {
    FakeExchange answer =
        multipart(
            part("1", "GET JW301('a')?$select=Bericht_Id HTTP/1.1\r\nAccept: application/json"),
            part("2", "GET /odata/GM9030/ijw/JW301/$count?$filter=Bericht_Id ne null HTTP/1.1"),
            part("3", "GET https://data.example/odata/GM9030/ijw/JW301('b')/Bericht_Id/$value"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.complete()).isTrue();
    String boundary = boundary(answer);
    List<String> parts = parts(answer, boundary);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0))
        .startsWith(
            "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                + "Content-ID: 1\r\n\r\nHTTP/1.1 200 OK\r\n")
        .contains("OData-Version: 4.0\r\n")
        .contains("\"Bericht_Id\":\"a\"");
    assertThat(parts.get(1)).contains("Content-ID: 2").endsWith("\r\n\r\n3\r\n");
    assertThat(parts.get(2)).contains("Content-ID: 3").endsWith("\r\n\r\nb\r\n");
  }

  @Test
  void stopsAtTheFirstErrorUnlessItMayGoOn() {
    String[] three = {
      part("1", "GET JW301/$count HTTP/1.1"),
      part("2", "GET Nergens HTTP/1.1"),
      part("3", "GET JW301/$count HTTP/1.1")
    };
    FakeExchange stopped = multipart(three);
    FakeExchange wentOn = send(multipartRequest(three).with("Prefer", "odata.continue-on-error"));

    assertThat(parts(stopped, boundary(stopped))).hasSize(2);
    assertThat(parts(stopped, boundary(stopped)).get(1))
        .contains("HTTP/1.1 404 Not Found")
        .contains("KD502");
    assertThat(parts(wentOn, boundary(wentOn))).hasSize(3);
    assertThat(wentOn.answered("Preference-Applied")).contains("odata.continue-on-error");
  }

  @Test
  void refusesEveryRequestThatIsNotAQuestion() {
    String changes =
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
            + "Content-Type: application/http\r\n\r\nDELETE JW301('a') HTTP/1.1\r\n\r\n--c--\r\n";
    for (String part :
        List.of(
            part("1", "DELETE JW301('a') HTTP/1.1"),
            part("1", "POST JW301 HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}"),
            part("1", "PATCH JW301('a') HTTP/1.1"),
            changes)) {
      FakeExchange answer = multipart(part);
      assertThat(parts(answer, boundary(answer)).get(0))
          .as(part)
          .contains("HTTP/1.1 405 Method Not Allowed")
          .contains("KD504");
    }
    FakeExchange nested = multipart(part("1", "POST $batch HTTP/1.1"));
    assertThat(nested.text()).contains("HTTP/1.1 400").contains("KD542");
  }

  @Test
  void leadsNowhereElse() {
    for (String url :
        List.of(
            "https://elders.example/odata/GM9030/ijw/JW301",
            "/jdbc",
            "/odata/GM9030/iwmo/WMO301",
            "/odata/GM9031/ijw/JW301",
            "../iwmo/WMO301")) {
      FakeExchange answer = multipart(part("1", "GET " + url + " HTTP/1.1"));
      assertThat(answer.text()).as(url).containsPattern("HTTP/1.1 40[04]");
    }
    assertThat(fixture.door.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b\r\n",
        "--b\r\nContent-Type: application/http\r\n\r\nGET JW301 HTTP/1.1\r\n",
        "--b\r\nContent-Type: text/plain\r\n\r\nGET JW301 HTTP/1.1\r\n--b--",
        "--b\r\nContent-Type: application/http\r\n\r\nJW301\r\n--b--",
        "--b\r\nContent-Type: application/http\r\nonzin\r\n\r\nGET JW301 HTTP/1.1\r\n--b--"
      })
  void saysWhatIsWrongWithABatch(String body) {
    FakeExchange answer =
        send(batch().with("Content-Type", "multipart/mixed; boundary=b").sending(body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("KD540");
  }

  @Test
  void holdsABatchWithinLimits() {
    String[] many = new String[101];
    for (int i = 0; i < many.length; i++) {
      many[i] = part("p" + i, "GET JW301/$count HTTP/1.1");
    }
    FakeExchange tooMany = multipart(many);
    FakeExchange tooLarge =
        send(
            batch()
                .with("Content-Type", "application/json")
                .sending("{\"x\":\"" + "a".repeat(1 << 20) + "\"}"));
    FakeExchange promised =
        send(
            batch()
                .with("Content-Type", "application/json")
                .with("Content-Length", "999999999999999999999"));
    assertThat(promised.status()).isEqualTo(413);
    FakeExchange other = send(batch().with("Content-Type", "text/html").sending("x"));
    FakeExchange read = send(new FakeExchange("GET", ODataFixture.ROOT + "$batch"));

    assertThat(tooMany.status()).isEqualTo(413);
    assertThat(tooMany.text()).contains("KD541").contains("101").contains("100");
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(other.status()).isEqualTo(415);
    assertThat(read.status()).isEqualTo(405);
    assertThat(read.answered("Allow")).contains("POST, OPTIONS");
  }

  @Test
  void answersJson() {
    JsonNode answers =
        json(
            request("1", "JW301('a')?$select=Bericht_Id", ""),
            request("2", "JW301('a')/Client_Naam_Geslachtsnaam_Achternaam/$value", ""),
            request("3", "$metadata", ""),
            request("4", "$1/ToegewezenProduct?$select=ToegewezenProduct_Id", "\"1\""),
            request("5", "JW301('b')/Header_BerichtVersie", ""));

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).get("id").asText()).isEqualTo("1");
    assertThat(answers.get(0).get("status").asInt()).isEqualTo(200);
    assertThat(answers.get(0).get("headers").get("odata-version").asText()).isEqualTo("4.0");
    assertThat(answers.get(0).get("body").get("Bericht_Id").asText()).isEqualTo("a");
    assertThat(answers.get(1).get("body").asText()).isEqualTo("Jansen");
    assertThat(
            new String(
                java.util.Base64.getUrlDecoder().decode(answers.get(2).get("body").asText())))
        .contains("<edmx:Edmx");
    assertThat(answers.get(3).get("body").get("value")).hasSize(2);
    assertThat(answers.get(4).get("status").asInt()).isEqualTo(204);
    assertThat(answers.get(4).has("body")).isFalse();
  }

  @Test
  void doesNotDoWhatDependsOnWhatFailed() {
    String[] three = {
      request("1", "Nergens", ""), request("2", "JW301/$count", "\"1\""), request("3", "JW301", "")
    };
    FakeExchange stopped = send(jsonRequest(three).with("Prefer", "continue-on-error=false"));
    JsonNode wentOn = json(three);

    assertThat(statuses(ODataFixture.json(stopped).get("responses"))).containsExactly(404);
    assertThat(stopped.answered("Preference-Applied")).contains("continue-on-error=false");
    assertThat(statuses(wentOn)).containsExactly(404, 424, 200);
    assertThat(wentOn.get(1).get("body").get("error").get("code").asText()).isEqualTo("KD544");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$1/$succeeded | 200",
        "$2/$succeeded | 424",
        "not $2/$succeeded | 200",
        "not ($1/$succeeded and $2/$succeeded) | 200",
        "$2/$succeeded or $1/$succeeded and not $2/$succeeded | 200",
        "$1/$succeeded eq true | 200",
        "$1/$succeeded ne $2/$succeeded | 200",
        "$9/$succeeded | 424",
        "$1/Bericht_Id eq 'a' | 424",
        "$1/$succeeded and | 424",
        "( | 424",
        "'' | 424"
      })
  void makesARequestOnCondition(String condition, int status) {
    JsonNode answers =
        json(
            request("1", "JW301/$count", ""),
            request("2", "Nergens", ""),
            "{\"id\":\"3\",\"method\":\"get\",\"url\":\"JW301/$count\",\"dependsOn\":[\"1\",\"2\"],"
                + "\"if\":\"%s\"}".formatted(condition));

    assertThat(statuses(answers)).containsExactly(200, 404, status);
    String code = answers.get(2).path("body").path("error").path("code").asText();
    boolean unclear = status == 424 && !condition.matches("\\$[0-9]/\\$succeeded");
    assertThat(code).isEqualTo(status == 200 ? "" : unclear ? "KD551" : "KD544");
  }

  @Test
  void failsWhatDependsOnAGroupOfWhichOneFailed() {
    String member = "{\"id\":\"%s\",\"method\":\"%s\",\"url\":\"JW301\",\"atomicityGroup\":\"%s\"}";
    JsonNode answers =
        json(
            member.formatted("1", "get", "g"),
            member.formatted("2", "delete", "g"),
            member.formatted("3", "get", "h"),
            request("4", "JW301/$count", "\"g\""),
            request("5", "JW301/$count", "\"h\""));

    assertThat(statuses(answers)).containsExactly(200, 405, 200, 424, 200);
    assertThat(answers.get(1).get("atomicityGroup").asText()).isEqualTo("g");
  }

  @Test
  void answersInTheFormThatTheClientAccepts() {
    String[] two = {
      part("x", "GET JW301/$count HTTP/1.1"),
      "--b\r\nContent-Type: application/http\r\n\r\nGET JW301('a')/Bericht_Id HTTP/1.1\r\n\r\n"
    };
    JsonNode json =
        ODataFixture.json(
                send(
                    multipartRequest(two)
                        .with("Accept", "application/json")
                        .with("OData-MaxVersion", "4.01")))
            .get("responses");
    FakeExchange early = send(multipartRequest(two).with("Accept", "application/json"));
    FakeExchange multipart =
        send(
            jsonRequest(request("1", "JW301/$count", ""))
                .with("Accept", "application/json;q=0.5, multipart/mixed"));
    FakeExchange neither =
        send(multipartRequest(two).with("Accept", "application/xml").with("OData-Version", "4.01"));

    assertThat(json.get(0).get("id").asText()).isEqualTo("x");
    assertThat(json.get(0).get("body").asText()).isEqualTo("3");
    assertThat(json.get(1).has("id")).isFalse();
    assertThat(json.get(1).get("body").get("value").asText()).isEqualTo("a");
    assertThat(parts(early, boundary(early))).hasSize(2);
    assertThat(parts(multipart, boundary(multipart)).get(0)).contains("Content-ID: 1\r\n");
    assertThat(neither.status()).isEqualTo(406);
    assertThat(neither.text()).contains("KD505").contains("\"target\":\"Accept\"");
  }

  @Test
  void knowsTagsAndKeepsTheNamesOfTheSystem() {
    JsonNode answers =
        json(
            request("metadata", "JW301", ""),
            "{\"id\":\"2\",\"method\":\"get\",\"url\":\"JW301\",\"dependsOn\":[\"metadata\"],"
                + "\"headers\":{\"if-none-match\":\"$metadata\"}}",
            request("3", "$metadata", ""));

    assertThat(statuses(answers)).containsExactly(200, 304, 200);
    assertThat(answers.get(2).get("headers").get("content-type").asText())
        .isEqualTo("application/xml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\"}]}",
        "{\"requests\":[{\"method\":\"GET\",\"url\":\"JW301\"}]}",
        "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"JW301\"},"
            + "{\"id\":\"1\",\"method\":\"GET\",\"url\":\"JW301\"}]}",
        "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"JW301\",\"url\":\"JW302\"}]}",
        "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"JW301\",\"dependsOn\":[\"2\"]}]}"
      })
  void saysWhatIsWrongWithABatchInJson(String body) {
    FakeExchange answer = send(batch().with("Content-Type", "application/json").sending(body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("KD540");
  }

  @Test
  void refusesAVersionOfTheProtocolThatItDoesNotSpeak() {
    FakeExchange request = multipartRequest(part("1", "GET JW301/$count HTTP/1.1"));
    FakeExchange answer = send(request.with("OData-MaxVersion", "3.0"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("KD508");
  }

  @Test
  void refusesAPartThatFailsBeforeItBegan() {
    fixture.door.breakAfter(1);
    FakeExchange request =
        multipartRequest(part("1", "GET JW301 HTTP/1.1"), part("2", "GET JW301/$count HTTP/1.1"));
    FakeExchange answer = send(request);

    // The first part had not begun, so it became a refusal, and nothing after it was done.
    assertThat(parts(answer, boundary(answer))).hasSize(1);
    assertThat(answer.text()).doesNotContain("200 OK");
  }

  @Test
  void neverEndsABatchOfWhichAPartBrokeOffHalfway() {
    for (int i = 0; i < 2_000; i++) {
      fixture.door.row("JW301", "Bericht_Id", "m" + i);
    }
    fixture.door.breakAfter(1_900);
    ODataHead head =
        new ODataHead(fixture.door, ODataFixture.CATALOGUE, new ODataSettings(5_000, 5_000));
    FakeExchange request =
        multipartRequest(part("1", "GET JW301 HTTP/1.1"), part("2", "GET JW301/$count HTTP/1.1"));

    assertThatThrownBy(() -> head.handle(request)).isInstanceOf(Failure.class);
    assertThat(request.text()).contains("HTTP/1.1 200 OK").doesNotContain("KD");
    assertThat(request.complete()).isFalse();
  }

  @Test
  void answersAQuestionWhoseOptionsAreInTheBody() {
    FakeExchange posted =
        send(
            new FakeExchange("POST", ODataFixture.ROOT + "JW301/$query?$count=true")
                .with("Content-Type", "text/plain")
                .sending("$filter=Bericht_Id%20eq%20'a'&$select=Bericht_Id"));
    FakeExchange got =
        fixture.get("JW301?$count=true&$filter=Bericht_Id%20eq%20'a'&$select=Bericht_Id");

    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.text()).isEqualTo(got.text());
    FakeExchange html =
        send(new FakeExchange("POST", ODataFixture.ROOT + "JW301/$query").sending("$top=1"));
    assertThat(html.status()).isEqualTo(415);
  }

  @Test
  void answersAQuestionThatNoLinkCanCarryInOnePage() {
    String ids = "'a','b','c'" + ",'zzzzzzzzzzzzzzzzzzzz'".repeat(500);
    FakeExchange answer =
        send(
            new FakeExchange("POST", ODataFixture.ROOT + "JW301/$query")
                .with("Content-Type", "text/plain")
                .with("Prefer", "maxpagesize=1")
                .sending("$select=Bericht_Id&$filter=Bericht_Id%20in%20(" + ids + ")"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(ODataFixture.json(answer).get("value")).hasSize(3);
    assertThat(answer.text()).doesNotContain("nextLink");
    assertThat(answer.answered("Preference-Applied")).isEmpty();
  }

  private FakeExchange multipart(String... parts) {
    return send(multipartRequest(parts));
  }

  private static FakeExchange multipartRequest(String... parts) {
    return batch()
        .with("Content-Type", "multipart/mixed; boundary=b")
        .sending("preamble\r\n" + String.join("", parts) + "--b--\r\n");
  }

  private static String part(String id, String request) {
    return "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        + ("Content-ID: " + id + "\r\n\r\n" + request + "\r\n\r\n\r\n");
  }

  private JsonNode json(String... requests) {
    return ODataFixture.json(send(jsonRequest(requests))).get("responses");
  }

  private static FakeExchange jsonRequest(String... requests) {
    return batch()
        .with("Content-Type", "application/json")
        .sending("{\"requests\":[" + String.join(",", requests) + "]}");
  }

  private static String request(String id, String url, String dependsOn) {
    return "{\"id\":\"%s\",\"method\":\"get\",\"url\":\"%s\",\"dependsOn\":[%s]}"
        .formatted(id, url, dependsOn);
  }

  private static List<Integer> statuses(JsonNode answers) {
    return StreamSupport.stream(answers.spliterator(), false)
        .map(answer -> answer.get("status").asInt())
        .toList();
  }

  private static FakeExchange batch() {
    return new FakeExchange("POST", ODataFixture.ROOT + "$batch");
  }

  private FakeExchange send(FakeExchange exchange) {
    return fixture.send(exchange);
  }

  private static String boundary(FakeExchange answer) {
    return answer.answered("Content-Type").orElseThrow().replaceFirst(".*boundary=", "");
  }

  private static List<String> parts(FakeExchange answer, String boundary) {
    assertThat(answer.text()).endsWith("--" + boundary + "--\r\n");
    List<String> parts = new ArrayList<>();
    for (String part : answer.text().split("--" + boundary + "(--)?\r\n")) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }
}
