package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.testing.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ODataHeadTest {
  private static final String CONTEXT = "https://data.example/odata/GM9030/ijw/$metadata";
  private static final String POWER_QUERY =
      "application/json;odata.metadata=minimal;q=1.0,"
          + "application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,"
          + "application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";

  private final ODataFixture fixture = new ODataFixture();

  @AfterEach
  void givesBackEveryBatch() {
    fixture.close();
  }

  @Test
  void listsEveryEntitySetInTheServiceDocument() {
    JsonNode document = fixture.json("");
    assertThat(document.get("@odata.context").asText()).isEqualTo(CONTEXT);
    assertThat(document.get("value")).hasSize(52);
    assertThat(document.get("value").get(0).toString())
        .isEqualTo("{\"name\":\"JW301\",\"kind\":\"EntitySet\",\"url\":\"JW301\"}");
  }

  @Test
  void answersTheRootWithoutItsSlash() {
    assertThat(fixture.send(new FakeExchange("GET", "/odata/gm9030/IJW")).status()).isEqualTo(200);
  }

  @Test
  void writesRowsWithAbsoluteContextAndDutchOffset() {
    FakeExchange answer =
        fixture.get(
            "JW301?$select=Bericht_Id,Header_BerichtVersie,"
                + "Header_BerichtIdentificatie_Dagtekening,Uitwisseling_OntvangenGGk,"
                + "Levering_GeladenOp&$top=1");
    assertThat(answer.text())
        .isEqualTo(
            "{\"@odata.context\":\""
                + CONTEXT
                + "#JW301(Bericht_Id,Header_BerichtVersie,"
                + "Header_BerichtIdentificatie_Dagtekening,Uitwisseling_OntvangenGGk,"
                + "Levering_GeladenOp)\",\"value\":[{\"Bericht_Id\":\"a\","
                + "\"Header_BerichtVersie\":3,"
                + "\"Header_BerichtIdentificatie_Dagtekening\":\"2024-01-31\","
                + "\"Uitwisseling_OntvangenGGk\":\"2024-01-31T09:00:00+01:00\","
                + "\"Levering_GeladenOp\":\"2024-02-01T10:00:00Z\"}]}");
    assertThat(answer.answered("OData-Version")).contains("4.0");
    assertThat(answer.answered("Content-Type")).contains("application/json;odata.metadata=minimal");
    assertThat(answer.complete()).isTrue();
  }

  @Test
  void walksAllPagesOnceAndInOrder() {
    List<String> ids = new ArrayList<>();
    String next = ODataFixture.ROOT + "JW301?$select=Bericht_Id&$count=true&apikey=x";
    int pages = 0;
    while (next != null) {
      JsonNode page =
          ODataFixture.json(
              fixture.send(new FakeExchange("GET", next).with("Prefer", "maxpagesize=1")));
      assertThat(page.get("@odata.count").asLong()).isEqualTo(3);
      page.get("value").forEach(row -> ids.add(row.get("Bericht_Id").asText()));
      JsonNode link = page.get("@odata.nextLink");
      if (link != null) {
        assertThat(link.asText())
            .startsWith("https://data.example/odata/")
            .contains("$select=Bericht_Id&$count=true&apikey=x&$skiptoken=");
      }
      next = link == null ? null : link.asText().substring("https://data.example".length());
      pages++;
    }
    assertThat(ids).containsExactly("a", "b", "c");
    assertThat(pages).isEqualTo(3);
    assertThat(fixture.door.counted()).as("counted once for the walk").hasSize(1);
    assertThat(fixture.door.lastAsked().from()).hasValue(2);
  }

  @Test
  void pagesAnOrderedWalkByNumberOfRowsAndKeepsTop() {
    JsonNode page =
        ODataFixture.json(
            fixture.send(
                new FakeExchange("GET", ODataFixture.ROOT + "JW301?$orderby=Bericht_Id&$top=2")
                    .with("Prefer", "odata.maxpagesize=1")));
    String link = page.get("@odata.nextLink").asText().substring("https://data.example".length());
    JsonNode last = ODataFixture.json(fixture.send(new FakeExchange("GET", link)));
    assertThat(last.get("value").get(0).get("Bericht_Id").asText()).isEqualTo("b");
    assertThat(last.has("@odata.nextLink")).isFalse();
    assertThat(fixture.door.lastAsked().skip()).isEqualTo(1);
    assertThat(fixture.door.lastAsked().top()).hasValue(1);
  }

  @Test
  void refusesATokenOfAnotherQuestion() {
    String token = token();
    assertError(fixture.get("JW301?$filter=Bericht_Id eq 'a'&$skiptoken=" + token), 400, "KD509");
    assertError(fixture.get("JW302?$skiptoken=" + token), 400, "KD509");
    assertError(fixture.get("JW301?$skiptoken=AAAA"), 400, "KD509");
  }

  @Test
  void saysThatAVersionIsGone() {
    String token = token();
    fixture.door.publish("v2");
    assertError(fixture.get("JW301?$skiptoken=" + token), 410, "KD410");
  }

  private String token() {
    FakeExchange first =
        fixture.send(
            new FakeExchange("GET", ODataFixture.ROOT + "JW301").with("Prefer", "maxpagesize=1"));
    String link = ODataFixture.json(first).get("@odata.nextLink").asText();
    return link.substring(link.indexOf("$skiptoken=") + "$skiptoken=".length());
  }

  @Test
  void namesTheWishesThatItMet() {
    FakeExchange answer =
        fixture.send(
            new FakeExchange("GET", ODataFixture.ROOT + "JW301?$select=Bericht_Id,Client_Bsn")
                .with("Prefer", "odata.maxpagesize=500, omit-values=nulls"));
    assertThat(answer.answered("Preference-Applied"))
        .contains("odata.maxpagesize=100, omit-values=nulls");
    assertThat(answer.text()).contains("[{\"Bericht_Id\":\"a\"},{\"Bericht_Id\":\"b\"}");
  }

  @Test
  void answersNotModifiedWithoutAskingForRows() {
    FakeExchange first = fixture.get("JW301");
    int asked = fixture.door.asked().size();
    FakeExchange again =
        fixture.send(
            new FakeExchange("GET", ODataFixture.ROOT + "JW301")
                .with("If-None-Match", first.answered("ETag").orElseThrow()));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    assertThat(fixture.door.asked()).hasSize(asked);
  }

  @Test
  void answersAnewWhenTheDataOrTheFormatChanged() {
    String tag = fixture.get("JW301").answered("ETag").orElseThrow();
    FakeExchange other =
        new FakeExchange("GET", ODataFixture.ROOT + "JW301")
            .with("Accept", "application/json;odata.metadata=full");
    assertThat(fixture.send(other.with("If-None-Match", tag)).status()).isEqualTo(200);
    fixture.door.publish("v2");
    FakeExchange later = new FakeExchange("GET", ODataFixture.ROOT + "JW301");
    assertThat(fixture.send(later.with("If-None-Match", tag)).status()).isEqualTo(200);
  }

  @Test
  void expandsChildrenParentsAndCountsInOnePass() {
    JsonNode value =
        fixture
            .json(
                "JW301?$select=Bericht_Id&$expand=ToegewezenProduct($select=Product_Code;$count=true;"
                    + "$expand=JW301($select=Bericht_Id)),Relatie/$count")
            .get("value");
    assertThat(value.toString())
        .isEqualTo(
            "[{\"Bericht_Id\":\"a\",\"ToegewezenProduct@odata.count\":2,\"ToegewezenProduct\":["
                + "{\"Product_Code\":\"45A04\",\"JW301\":{\"Bericht_Id\":\"a\"}},"
                + "{\"Product_Code\":\"45A05\",\"JW301\":{\"Bericht_Id\":\"a\"}}],"
                + "\"Relatie@odata.count\":0},"
                + "{\"Bericht_Id\":\"b\",\"ToegewezenProduct@odata.count\":1,\"ToegewezenProduct\":["
                + "{\"Product_Code\":null,\"JW301\":{\"Bericht_Id\":\"b\"}}],"
                + "\"Relatie@odata.count\":0},"
                + "{\"Bericht_Id\":\"c\",\"ToegewezenProduct@odata.count\":0,"
                + "\"ToegewezenProduct\":[],\"Relatie@odata.count\":0}]");
  }

  @Test
  void writesNullForAParentThatIsNotThere() {
    fixture.door.row("JW301_ToegewezenProduct", "ToegewezenProduct_Id", "p9", "Bericht_Id", "x");
    JsonNode value =
        fixture.json(
            "JW301_ToegewezenProduct?$select=Bericht_Id&$expand=JW301($select=Bericht_Id)");
    assertThat(value.get("value").get(3).toString())
        .isEqualTo("{\"Bericht_Id\":\"x\",\"JW301\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JW301?$expand=ToegewezenProduct | #JW301(ToegewezenProduct())",
        "JW301?$select=Bericht_Id&$expand=ToegewezenProduct($select=Budget) |"
            + " #JW301(Bericht_Id,ToegewezenProduct(Budget))",
        "JW301('a') | #JW301/$entity",
        "JW301('a')?$select=Bericht_Id | #JW301(Bericht_Id)/$entity",
        "JW301('a')/ToegewezenProduct | #JW301_ToegewezenProduct",
        "JW301_ToegewezenProduct('p1')/JW301 | #JW301/$entity",
        "JW301('a')/Header_BerichtVersie | #JW301('a')/Header_BerichtVersie",
        "JW301/$ref | #Collection($ref)",
        "JW301('a')/$ref | #$ref"
      })
  void saysInTheContextWhatTheAnswerHolds(String below, String context) {
    assertThat(fixture.json(below).get("@odata.context").asText()).isEqualTo(CONTEXT + context);
  }

  @Test
  void addsTypesAndAddressesToFullMetadata() {
    FakeExchange answer =
        fixture.get(
            "JW301?$select=Header_BerichtVersie&$top=1&$format=application/json;odata.metadata=full");
    JsonNode row = ODataFixture.json(answer).get("value").get(0);
    assertThat(row.get("@odata.type").asText()).isEqualTo("#nl.ketendata.ijw.JW301");
    assertThat(row.get("@odata.id").asText())
        .isEqualTo("https://data.example/odata/GM9030/ijw/JW301('a')");
    assertThat(row.get("ToegewezenProduct@odata.navigationLink").asText())
        .isEqualTo("https://data.example/odata/GM9030/ijw/JW301('a')/ToegewezenProduct");
    assertThat(row.get("Header_BerichtVersie@odata.type").asText()).isEqualTo("#Int64");
    assertThat(row.has("Bericht_Id")).isFalse();
  }

  @Test
  void leavesControlInformationOutOfNone() {
    FakeExchange answer =
        fixture.send(
            new FakeExchange("GET", ODataFixture.ROOT + "JW301?$select=Bericht_Id&$count=true")
                .with("Accept", "application/json;odata.metadata=none;IEEE754Compatible=true"));
    assertThat(answer.text())
        .isEqualTo(
            "{\"@odata.count\":\"3\",\"value\":[{\"Bericht_Id\":\"a\"},{\"Bericht_Id\":\"b\"},"
                + "{\"Bericht_Id\":\"c\"}]}");
    assertThat(answer.answered("Content-Type"))
        .contains("application/json;odata.metadata=none;IEEE754Compatible=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JW301('a')/Client_Naam_Geslachtsnaam_Achternaam/$value | 200 | Jansen",
        "JW301('a')/Header_BerichtVersie/$value | 200 | 3",
        "JW301('a')/Uitwisseling_OntvangenGGk/$value | 200 | 2024-01-31T09:00:00+01:00",
        "JW301('b')/Header_BerichtVersie/$value | 204 | ''",
        "JW301('b')/Header_BerichtVersie | 204 | ''",
        "JW301/$count | 200 | 3",
        "JW301/$count?$top=1&$filter=Bericht_Id eq 'a' | 200 | 1",
        "JW301('a')/ToegewezenProduct/$count | 200 | 2",
        "JW301('c')/ToegewezenProduct/$count | 200 | 0"
      })
  void answersSingleValuesAsText(String below, int status, String text) {
    FakeExchange answer = fixture.get(below);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301('x')",
        "JW301('x')/Header_BerichtVersie",
        "JW301('x')/ToegewezenProduct",
        "JW301('x')/ToegewezenProduct/$count",
        "JW301('x')/ToegewezenProduct('p1')",
        "JW301('a')/ToegewezenProduct('p3')",
        "JW301_ToegewezenProduct('x')/JW301",
        "JW301('x')/ToegewezenProduct?$top=0"
      })
  void doesNotFindWhatIsNotThere(String below) {
    assertError(fixture.get(below), 404, "KD506");
  }

  @Test
  void answersNothingForANavigationThatLeadsNowhere() {
    fixture.door.row("JW301_RelatieContact", "RelatieContact_Id", "r1", "Bericht_Id", "a");
    assertThat(fixture.get("JW301_RelatieContact('r1')/JW301_Relatie").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | application/json;odata.metadata=minimal",
        "*/* | application/json;odata.metadata=minimal",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 |"
            + " application/json;odata.metadata=minimal",
        "application/json;odata.metadata=minimal;odata.streaming=true |"
            + " application/json;odata.metadata=minimal;odata.streaming=true",
        "application/json;metadata=full | application/json;odata.metadata=full",
        "application/json;charset=utf-8;q=0.5 |"
            + " application/json;odata.metadata=minimal;charset=utf-8",
        "application/json;odata=verbose,*/* | application/json;odata.metadata=minimal",
        "application/atom+xml;q=1,application/json;q=0.1 | application/json;odata.metadata=minimal"
      })
  void choosesJson(String accept, String contentType) {
    FakeExchange request = new FakeExchange("GET", ODataFixture.ROOT + "JW301");
    FakeExchange answer = fixture.send(request.with("Accept", accept));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.answered("Content-Type")).contains(contentType);
  }

  @Test
  void refusesFormsThatItDoesNotHave() {
    FakeExchange image = new FakeExchange("GET", ODataFixture.ROOT + "JW301");
    assertError(fixture.send(image.with("Accept", "image/png")), 406, "KD505");
    assertError(fixture.get("JW301?$format=nonsense"), 406, "KD505");
    assertError(fixture.get("JW301?$format=atom"), 406, "KD505");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '*/*' | application/xml",
        "'' | application/json | application/json",
        "?$format=json | '*/*' | application/json",
        "?$format=xml | application/json | application/xml",
        "'' | text/html | application/xml"
      })
  void choosesXmlForMetadataUnlessJsonIsAsked(String query, String accept, String contentType) {
    FakeExchange request = new FakeExchange("GET", ODataFixture.ROOT + "$metadata" + query);
    assertThat(fixture.send(request.with("Accept", accept)).answered("Content-Type"))
        .contains(contentType);
  }

  @Test
  void givesPowerQueryXmlMetadataAndJsonRows() {
    FakeExchange metadata = new FakeExchange("GET", ODataFixture.ROOT + "$metadata");
    assertThat(fixture.send(metadata.with("Accept", POWER_QUERY)).answered("Content-Type"))
        .contains("application/xml");
    FakeExchange rows =
        new FakeExchange(
            "GET", ODataFixture.ROOT + "JW301?$select=Bericht_Id%2CClient_Bsn&$top=1000");
    assertThat(fixture.send(rows.with("Accept", POWER_QUERY)).status()).isEqualTo(200);
  }

  @Test
  void speaksVersionFourOnly() {
    for (String version : List.of("4.0", "4.01", "5.0")) {
      FakeExchange request = new FakeExchange("GET", ODataFixture.ROOT);
      assertThat(fixture.send(request.with("OData-MaxVersion", version)).status()).isEqualTo(200);
    }
    FakeExchange old = new FakeExchange("GET", ODataFixture.ROOT);
    assertError(fixture.send(old.with("OData-MaxVersion", "3.0")), 400, "KD508");
  }

  @Test
  void knowsTheMethodsThatRead() {
    FakeExchange head = fixture.send(new FakeExchange("HEAD", ODataFixture.ROOT + "JW301"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.complete()).isTrue();
    FakeExchange options = fixture.send(new FakeExchange("OPTIONS", ODataFixture.ROOT + "JW301"));
    assertThat(options.status()).isEqualTo(204);
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      FakeExchange write = fixture.send(new FakeExchange(method, ODataFixture.ROOT + "JW301"));
      assertError(write, 405, "KD504");
      assertThat(write.answered("Allow")).contains("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void explainsInTheReadersLanguage() {
    String below = ODataFixture.ROOT + "JW301?$filter=Bericht_Idd eq 'a'";
    FakeExchange dutch = fixture.send(new FakeExchange("GET", below));
    assertError(dutch, 400, "KD512");
    assertThat(ODataFixture.json(dutch).at("/error/message").asText())
        .isEqualTo(
            "$filter: \"Bericht_Idd\" bestaat niet in JW301 (teken 1). Bedoelde u Bericht_Id?");
    FakeExchange english = fixture.send(new FakeExchange("GET", below).in(Locale.ENGLISH));
    assertThat(ODataFixture.json(english).at("/error/message").asText())
        .isEqualTo(
            "$filter: \"Bericht_Idd\" does not exist in JW301 (character 1)."
                + " Did you mean Bericht_Id?");
    assertThat(english.answered("OData-Version")).contains("4.0");
  }

  @Test
  void cutsTheAnswerWhenRowsFailMidway() {
    fixture.door.breakAfter(1_500);
    for (int i = 0; i < 2_000; i++) {
      fixture.door.row("JW302", "Bericht_Id", "m" + i, "Client_Commentaar", "x".repeat(100));
    }
    FakeExchange request =
        new FakeExchange("GET", ODataFixture.ROOT + "JW302").with("Prefer", "maxpagesize=100");
    FakeExchange small = fixture.send(request);
    assertThat(small.complete()).as("a page before the break").isTrue();
    ODataHead large =
        new ODataHead(fixture.door, ODataFixture.CATALOGUE, new ODataSettings(5_000, 5_000));
    FakeExchange cut = new FakeExchange("GET", ODataFixture.ROOT + "JW302");
    assertThatThrownBy(() -> large.handle(cut)).isInstanceOf(Failure.class);
    assertThat(cut.status()).isEqualTo(200);
    assertThat(cut.complete()).isFalse();
  }

  @Test
  void rendersAFailureOfTheFirstRowsAsAnError() {
    fixture.door.breakAfter(1);
    assertError(fixture.get("JW301"), 504, "KD421");
  }

  @Test
  void tagsDocumentsByTheirContent() {
    for (String document : List.of("", "$metadata", "vocabularies/Org.OData.Core.V1.xml")) {
      FakeExchange first = fixture.get(document);
      assertThat(first.status()).isEqualTo(200);
      FakeExchange again = new FakeExchange("GET", ODataFixture.ROOT + document);
      again.with("If-None-Match", "\"x\", " + first.answered("ETag").orElseThrow());
      assertThat(fixture.send(again).status()).isEqualTo(304);
    }
  }

  @Test
  void doesNotTagWhatChangesWithTheClock() {
    assertThat(fixture.get("JW301?$filter=Levering_GeladenOp lt now()").answered("ETag")).isEmpty();
  }

  @Test
  void asksOnlyForTheColumnsThatItShows() {
    fixture.get("JW301?$select=Client_Bsn&$expand=ToegewezenProduct($select=Budget;$top=1)");
    RowsQuestion question = fixture.door.lastAsked();
    assertThat(question.columns()).containsExactly("Client_Bsn");
    assertThat(question.top()).hasValue(51);
    assertThat(question.expands().get(0).rows().columns()).containsExactly("Budget");
    assertThat(question.expands().get(0).rows().top()).hasValue(1);
    fixture.get("JW301?$select=Client_Bsn&$expand=ToegewezenProduct($select=Budget)");
    assertThat(fixture.door.lastAsked().columns())
        .as("the key leads to related rows that do not fit")
        .containsExactly("Client_Bsn", "Bericht_Id");
  }

  @Test
  void asksForTheCommonPreviewWithoutAnExtraRow() {
    fixture.get("JW301?$top=10");
    assertThat(fixture.door.lastAsked().top()).hasValue(10);
    fixture.get("JW301?$top=0&$count=true");
    assertThat(fixture.door.asked()).hasSize(1);
  }

  @Test
  void hidesOrganisationsOfOthers() {
    assertError(fixture.send(new FakeExchange("GET", "/odata/GM9031/ijw/")), 404, "KD603");
  }

  static void assertError(FakeExchange answer, int status, String code) {
    assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.answered("OData-Version")).contains("4.0");
    assertThat(answer.answered("Content-Type")).contains("application/json;odata.metadata=minimal");
  }
}
