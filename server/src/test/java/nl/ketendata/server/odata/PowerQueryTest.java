package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests of Power Query (Power BI and Excel) as Microsoft documents them and as they were
 * seen in public reports, header by header, over the wire.
 */
class PowerQueryTest {
  private static final Path XSD =
      Path.of(System.getProperty("ketendata.root"), "../shared/odata/oasis/edmx.xsd");
  private static final String[] HEADERS = {
    "User-Agent",
    "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
    "Accept",
    "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,"
        + "application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,"
        + "text/plain;q=0.7",
    "OData-MaxVersion",
    "4.0",
    "MaxDataServiceVersion",
    "3.0",
    "Accept-Encoding",
    "gzip, deflate"
  };

  /** What the web server says beside the head: when, how long, and to browsers. */
  private static final Set<String> OF_EVERY_ANSWER =
      Set.of(
          "date",
          "server-timing",
          "content-length",
          "transfer-encoding",
          "content-security-policy",
          "cross-origin-opener-policy",
          "referrer-policy");

  private static final Authenticator ANNA =
      (authorization, address) ->
          authorization.orElse("").startsWith("Basic ")
              ? new SignIn.Accepted(TestServer.caller("GM9030"))
              : new SignIn.Missing();

  @TempDir static Path folder;
  private static TestServer data;
  private static WebServer web;
  private static Instant second;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void serves() throws InterruptedException {
    data = new TestServer(folder);
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_BerichtVersie\n");
    StringBuilder products =
        new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Product_Code,Ingangsdatum\n");
    for (int i = 0; i < 1_200; i++) {
      messages.append("m" + i + "," + (i % 3 == 0 ? "" : i % 3) + "\n");
      products.append("p" + i + ",m" + i + ",45A0" + i % 7 + ",2024-0" + (1 + i % 9) + "-01\n");
    }
    data.take(
        "GM9030",
        "Ketendata-IJW-Test-20240101000000.zip",
        Map.of(
            "JW301.csv", messages.toString(), "JW301_ToegewezenProduct.csv", products.toString()));
    Thread.sleep(2);
    second = Instant.now();
    data.take(
        "GM9030",
        "Ketendata-IJW-Test-20240201000000.zip",
        Map.of("JW301.csv", "Bericht_Id,Header_BerichtVersie\nm7,9\nnieuw,1\n"));
    ODataHead head = new ODataHead(data.door(), Catalogue.read(), new ODataSettings(1_000, 2_000));
    web = new WebServer(HttpSettings.onFreePort(), List.of(head), ANNA, Events.silent());
    web.start();
  }

  @AfterAll
  static void stops() {
    web.close();
    data.close();
  }

  @Test
  void startsUpWithTheRootTheMetadataAndAPreviewOfEachTable() throws Exception {
    JsonNode root = json(get(""));
    assertThat(root.get("@odata.context").asText()).isEqualTo(url("$metadata"));
    HttpResponse<byte[]> metadata = get("$metadata");
    assertThat(metadata.headers().firstValue("Content-Type")).contains("application/xml");
    JsonNode preview = json(get("JW301?$top=1000"));
    assertThat(preview.get("value")).hasSize(1_000);
    assertThat(preview.has("@odata.nextLink")).isFalse();
    for (JsonNode set : root.get("value")) {
      HttpResponse<byte[]> table = get(set.get("url").asText() + "?$top=1000");
      assertThat(table.statusCode()).as(set.toString()).isEqualTo(200);
    }
  }

  @Test
  void saysTheVersionOnceAndTheContentTypeAlways() throws Exception {
    for (String below : List.of("", "$metadata", "JW301?$top=1", "JW301/$count", "Nergens")) {
      HttpResponse<byte[]> answer = get(below);
      assertThat(answer.headers().allValues("OData-Version")).as(below).containsExactly("4.0");
      assertThat(answer.headers().allValues("Content-Type")).as(below).hasSize(1);
    }
  }

  @Test
  void asksForTheSignInThatItTakes() throws Exception {
    for (String authorization : List.of("", "Bearer")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("$metadata")));
      request.headers(HEADERS);
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .anyMatch(challenge -> challenge.startsWith("Basic"));
    }
  }

  @Test
  void foldsItsSteps() throws Exception {
    String folded =
        "JW301_ToegewezenProduct?$filter=Product_Code%20eq%20%2745A04%27%20and%20"
            + "Ingangsdatum%20ge%202024-03-01&$select=ToegewezenProduct_Id%2CProduct_Code"
            + "&$orderby=Ingangsdatum%20desc%2CToegewezenProduct_Id&$skip=2&$top=5";
    JsonNode answer = json(get(folded));
    assertThat(answer.get("@odata.context").asText())
        .isEqualTo(url("$metadata#JW301_ToegewezenProduct(ToegewezenProduct_Id,Product_Code)"));
    assertThat(answer.get("value")).hasSize(5);
    assertThat(text(get("JW301/$count?$filter=Header_BerichtVersie%20ne%20null"))).isEqualTo("801");
    JsonNode expanded =
        json(
            get("JW301?$expand=ToegewezenProduct($select=Product_Code)&$select=Bericht_Id&$top=3"));
    assertThat(expanded.get("value").get(0).get("ToegewezenProduct")).hasSize(1);
  }

  @Test
  void readsOneRowsRelatedRows() throws Exception {
    JsonNode products = json(get("JW301(%27m5%27)/ToegewezenProduct"));
    assertThat(products.get("@odata.context").asText())
        .isEqualTo(url("$metadata#JW301_ToegewezenProduct"));
    assertThat(products.get("value")).hasSize(1);
    JsonNode message = json(get("JW301_ToegewezenProduct(%27p5%27)/JW301"));
    assertThat(message.get("Bericht_Id").asText()).isEqualTo("m5");
  }

  @Test
  void followsPagesToTheEndWhateverTheirSize() throws Exception {
    for (String wish : List.of("", "odata.maxpagesize=100", "odata.maxpagesize=100000")) {
      List<String> ids = new ArrayList<>();
      int pages = 0;
      for (String next = url("JW301?$select=Bericht_Id"); !next.isEmpty(); pages++) {
        HttpResponse<byte[]> answer = wish.isEmpty() ? send(next) : send(next, "Prefer", wish);
        JsonNode page = json(answer);
        page.get("value").forEach(row -> ids.add(row.get("Bericht_Id").asText()));
        next = page.path("@odata.nextLink").asText();
        assertThat(next).matches("|http://127\\.0\\.0\\.1:[0-9]+/odata/GM9030/ijw/JW301\\?.*");
        String size = wish.endsWith("000") ? "2000" : "100";
        assertThat(answer.headers().firstValue("Preference-Applied").orElse(""))
            .isEqualTo(wish.isEmpty() ? "" : "odata.maxpagesize=" + size);
      }
      assertThat(ids).hasSize(1_201).doesNotHaveDuplicates();
      assertThat(pages).isEqualTo(wish.isEmpty() ? 2 : wish.endsWith("000") ? 1 : 13);
    }
  }

  @Test
  void leavesOutNullsWhenAskedTo() throws Exception {
    HttpResponse<byte[]> answer = send(url("JW301?$top=3"), "Prefer", "omit-values=nulls");

    assertThat(answer.headers().firstValue("Preference-Applied")).contains("omit-values=nulls");
    assertThat(text(answer)).doesNotContain("null");
    assertThat(text(get("JW301?$top=3"))).contains("null");
  }

  @Test
  void refreshesInPartsByTheMomentOfLoadingAndByBusinessDates() throws Exception {
    String until = "2999-01-01T00:00:00Z";
    String early = "2000-01-01T00:00:00Z";
    long before =
        count(
            "Levering_GeladenOp%20ge%20" + early + "%20and%20Levering_GeladenOp%20lt%20" + second);
    long after =
        count(
            "Levering_GeladenOp%20ge%20" + second + "%20and%20Levering_GeladenOp%20lt%20" + until);
    assertThat(before).isEqualTo(1_199);
    assertThat(after).isEqualTo(2);
    long parts = 0;
    for (int month = 1; month <= 9; month++) {
      String filter =
          "Ingangsdatum%20ge%202024-0"
              + month
              + "-01%20and%20Ingangsdatum%20lt%202024-"
              + (month == 9 ? "10" : "0" + (month + 1))
              + "-01";
      parts += Long.parseLong(text(get("JW301_ToegewezenProduct/$count?$filter=" + filter)));
    }
    assertThat(parts).isEqualTo(1_200);
  }

  @Test
  void passesOverOptionsOfItsOwn() throws Exception {
    assertThat(json(get("JW301?apikey=geheim&_=123&$top=1")).get("value")).hasSize(1);
    assertThat(get("JW301?$onzin=1").statusCode()).isEqualTo(400);
  }

  @Test
  void canHaveTheMetadataWithoutAnnotations() throws Exception {
    String whole = text(get("$metadata"));
    String bare = text(get("$metadata?annotations=none"));

    assertThat(whole).contains("<Annotation ", "edmx:Reference");
    assertThat(bare)
        .doesNotContain("Annotation", "Reference Uri")
        .contains("EntityType Name=\"JW301\"");
    assertThat(whole).doesNotContain("EnumMember", "OpenType", "Edm.Stream");
  }

  @Test
  @EnabledIf("hasSchemas")
  void theMetadataIsValid() throws Exception {
    var schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(XSD.toFile());
    for (String below : List.of("$metadata", "$metadata?annotations=none")) {
      schema.newValidator().validate(new StreamSource(new StringReader(text(get(below)))));
    }
  }

  static boolean hasSchemas() {
    return Files.exists(XSD);
  }

  @Test
  void theMetadataInJsonNamesTheSameAsThatInXml() throws Exception {
    JsonNode json = json(send(url("$metadata?$format=json")));
    JsonNode types = json.get("nl.ketendata.ijw");
    String xml = text(get("$metadata"));
    List<String> names = new ArrayList<>();
    types
        .fields()
        .forEachRemaining(
            type -> {
              if (type.getValue().path("$Kind").asText().equals("EntityType")) {
                names.add(type.getKey());
                type.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> {
                          if (!name.startsWith("$") && !name.contains("@")) {
                            assertThat(xml).contains("Name=\"" + name + "\"");
                          }
                        });
              }
            });
    assertThat(names).contains("JW301", "JW301_ToegewezenProduct");
  }

  /** All headers of an answer, but those that say when and how long. */
  @Test
  void answersHeaderByHeader() throws Exception {
    assertThat(headers(get("JW301?$top=1")))
        .containsExactlyInAnyOrder(
            "cache-control: private, no-cache",
            "content-encoding: gzip",
            "content-type: application/json;odata.metadata=minimal",
            "etag: W/…",
            "odata-version: 4.0",
            "vary: Accept, Prefer, Authorization, Accept-Encoding",
            "x-content-type-options: nosniff");
    assertThat(headers(get("$metadata")))
        .contains("content-type: application/xml", "odata-version: 4.0", "etag: W/…");
    assertThat(headers(get("JW301/$count")))
        .contains("content-type: text/plain", "odata-version: 4.0");
    assertThat(headers(get("JW301(%27m1%27)/Bericht_Id")))
        .contains("content-type: application/json;odata.metadata=minimal", "odata-version: 4.0");
    assertThat(headers(send(url("JW301?$top=1"), "Prefer", "odata.include-annotations=\"*\"")))
        .contains("preference-applied: odata.include-annotations=\"*\"");
  }

  private static List<String> headers(HttpResponse<byte[]> answer) {
    return answer.headers().map().entrySet().stream()
        .filter(header -> !OF_EVERY_ANSWER.contains(header.getKey()))
        .map(header -> header.getKey() + ": " + String.join(" and ", header.getValue()))
        .map(header -> header.replaceFirst("^etag: W/.*", "etag: W/…"))
        .toList();
  }

  @Test
  void answersByteByByte() throws Exception {
    assertThat(text(get("JW301?$select=Bericht_Id%2CHeader_BerichtVersie&$top=2")))
        .isEqualTo(
            "{\"@odata.context\":\""
                + url("$metadata#JW301(Bericht_Id,Header_BerichtVersie)")
                + "\",\"value\":[{\"Bericht_Id\":\"m0\",\"Header_BerichtVersie\":null},"
                + "{\"Bericht_Id\":\"m1\",\"Header_BerichtVersie\":1}]}");
    assertThat(text(get("JW301?$top=0&$count=true")))
        .isEqualTo(
            "{\"@odata.context\":\""
                + url("$metadata#JW301")
                + "\",\"@odata.count\":1201,\"value\":[]}");
    assertThat(text(get("JW301/$count"))).isEqualTo("1201");
  }

  /** A page smaller than what was asked for must not look like its end. */
  @Test
  void linksOnWhenMoreIsAskedThanAPageHolds() throws Exception {
    JsonNode first = json(get("JW301?$top=1100&$select=Bericht_Id"));
    JsonNode second = json(send(first.get("@odata.nextLink").asText()));
    assertThat(first.get("value")).hasSize(1_000);
    assertThat(second.get("value")).hasSize(100);
    assertThat(second.has("@odata.nextLink")).isFalse();
  }

  @Test
  void foldsTextAndMoments() throws Exception {
    for (String filter :
        List.of(
            "contains(Product_Code%2C%27A03%27)",
            "startswith(Product_Code%2C%2745A03%27)",
            "endswith(Product_Code%2C%27A03%27)",
            "Product_Code%20eq%20%2745A03%27%20and%20not%20(Product_Code%20eq%20null)",
            "(Product_Code%20gt%20%2745A02%27)%20and%20(Product_Code%20lt%20%2745A04%27)")) {
      assertThat(text(get("JW301_ToegewezenProduct/$count?$filter=" + filter)))
          .as(filter)
          .isEqualTo("171");
    }
    assertThat(count("Levering_GeladenOp%20ge%202024-01-01T00%3A00%3A00%2B01%3A00"))
        .isEqualTo(1201);
    assertThat(count("Levering_GeladenOp%20lt%202024-01-01T00%3A00%3A00.0000000Z")).isZero();
  }

  /** What an author writes by hand, since Power Query does not fold a grouping. */
  @Test
  void answersAGroupingWithTheContextOfItsColumns() throws Exception {
    String apply =
        "groupby%28%28Product_Code%29%2Caggregate%28%24count%20as%20Aantal%29%29&$orderby=Product_Code";
    JsonNode groups = json(get("JW301_ToegewezenProduct?%24apply=" + apply));
    assertThat(groups.get("@odata.context").asText())
        .isEqualTo(url("$metadata#JW301_ToegewezenProduct(Product_Code,Aantal)"));
    assertThat(groups.get("value")).hasSize(7);
    assertThat(groups.get("value").get(0).get("Aantal").asInt()).isEqualTo(172);
  }

  /** With EnableBatch, a long address goes as a batch of one; the headers stay those of a query. */
  @Test
  void answersALongAddressInABatch() throws Exception {
    String folded = "JW301?$filter=Bericht_Id%20in%20(%27m1%27" + ",%27x%27".repeat(500) + ")";
    String body =
        "--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + ("GET " + url(folded) + " HTTP/1.1\r\nAccept: " + HEADERS[3] + "\r\n\r\n\r\n")
            + "--batch_1--\r\n";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url("$batch")))
            .headers(HEADERS)
            .header("Authorization", "Basic YTpi")
            .header("Content-Type", "multipart/mixed; boundary=batch_1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("multipart/mixed");
    assertThat(text(answer)).contains("HTTP/1.1 200 OK", "\"Bericht_Id\":\"m1\"");
  }

  /** The text of an error is what the user sees; its status must not ask for a password. */
  @Test
  void tellsWhatIsWrong() throws Exception {
    HttpResponse<byte[]> answer = get("JW301?$filter=Naam%20eq%20%27x%27");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = ODataFixture.parse(text(answer)).get("error");
    assertThat(error.get("code").asText()).isEqualTo("KD512");
    assertThat(error.get("message").asText()).contains("Naam", "JW301", "teken 1");
    assertThat(error.get("target").asText()).isEqualTo("$filter");
  }

  @Test
  void isToldWhenNothingHasChanged() throws Exception {
    for (String below :
        List.of("", "$metadata", "JW301?$top=2", "JW301/$count", "JW301(%27m1%27)")) {
      String tag = get(below).headers().firstValue("ETag").orElseThrow();
      HttpResponse<byte[]> again = send(url(below), "If-None-Match", tag);
      assertThat(again.statusCode()).as(below).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  private long count(String filter) throws Exception {
    return Long.parseLong(text(get("JW301/$count?$filter=" + filter)));
  }

  private static String url(String below) {
    return "http://127.0.0.1:" + web.port() + "/odata/GM9030/ijw/" + below;
  }

  private HttpResponse<byte[]> get(String below) throws Exception {
    return send(url(below));
  }

  private HttpResponse<byte[]> send(String url, String... more) throws Exception {
    String[] headers = Arrays.copyOf(HEADERS, HEADERS.length + more.length);
    System.arraycopy(more, 0, headers, HEADERS.length, more.length);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .headers(headers)
            .header("Authorization", "Basic YTpi")
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    return ODataFixture.parse(text(answer));
  }

  private static String text(HttpResponse<byte[]> answer) throws Exception {
    boolean packed = answer.headers().firstValue("Content-Encoding").isPresent();
    byte[] body =
        packed
            ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
            : answer.body();
    return new String(body, StandardCharsets.UTF_8);
  }
}
