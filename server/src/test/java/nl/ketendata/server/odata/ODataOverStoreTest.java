package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.IngestSettings;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreSettings;
import nl.ketendata.server.testing.FakeExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The head over the real store: what a question means, from address to JSON. */
class ODataOverStoreTest {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final String MESSAGES =
      """
      Bericht_Id,Client_Naam_Geslachtsnaam_Achternaam,Header_BerichtVersie,Client_Geboortedatum_Datum,Uitwisseling_OntvangenGGk
      a,Jansen,3,2010-02-28,2024-01-31T09:00:00
      b,,1,2012-02-29,2024-07-31T09:00:00
      c,O'Neil é😀,,,
      d,"Quote ""x"" \\ y",2,2011-12-31,2024-10-27T02:30:00
      """;
  private static final String PRODUCTS =
      """
      ToegewezenProduct_Id,Bericht_Id,Product_Code,Toewijzingstijd,Ingangsdatum,Budget,Omvang_Eenheid
      p1,a,45A04,09:30:00,2024-01-01,100,04
      p2,a,45A05,10:00:00,2024-02-01,50,
      p3,b,45A04,,2024-03-01,,
      p4,x,45A06,,2024-04-01,7,
      """;

  @TempDir static Path folder;
  private static Store store;
  private static StoreDoor door;
  private static ODataHead head;

  @BeforeAll
  static void takesADelivery() throws IOException {
    Path zip = folder.resolve("Ketendata-IJW-Test-20240101000000.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream archive = new ZipOutputStream(out)) {
      add(archive, "JW301.csv", MESSAGES);
      add(archive, "JW301_ToegewezenProduct.csv", PRODUCTS);
    }
    Path data = folder.resolve("data");
    Clock clock = Clock.systemUTC();
    new Ingest(
            CATALOGUE,
            new IngestSettings(data, ArchiveLimits.DEFAULT, new BuildSettings(512, 2), 0.5),
            clock)
        .take(
            new IngestOrder(
                zip, new Gemeente("9030"), Optional.empty(), Optional.empty(), false, "test"),
            Progress.NONE);
    store =
        new Store(
            CATALOGUE, new StoreSettings(data, 512, 1_024, 2, 16, Duration.ofHours(1)), clock);
    Duration minute = Duration.ofMinutes(1);
    door =
        new StoreDoor(
            CATALOGUE,
            store,
            new Planner(),
            new Limits(16, Duration.ofSeconds(5), minute, minute),
            Events.silent());
    head = new ODataHead(door, CATALOGUE, new ODataSettings(50, 100));
  }

  private static void add(ZipOutputStream archive, String name, String content) throws IOException {
    archive.putNextEntry(new ZipEntry(name));
    archive.write(content.getBytes(StandardCharsets.UTF_8));
    archive.closeEntry();
  }

  @AfterAll
  static void closes() {
    door.close();
    store.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true | a b c d",
        "Header_BerichtVersie gt 1 | a d",
        "not (Header_BerichtVersie gt 1) | b c",
        "Header_BerichtVersie ne 3 | b c d",
        "Header_BerichtVersie eq null | c",
        "null lt Header_BerichtVersie | \"\"",
        "Header_BerichtVersie in (1,3) | a b",
        "Header_BerichtVersie in (1,null) | b c",
        "Header_BerichtVersie in () | \"\"",
        "Header_BerichtVersie eq 3.0 | a",
        "Header_BerichtVersie divby 2 eq 1.5 | a",
        "Header_BerichtVersie div 2 eq 1 | a d",
        "Header_BerichtVersie mod 2 eq 1 | a b",
        "Header_BerichtVersie div 0 eq null | a b c d",
        "-Header_BerichtVersie lt -2 | a",
        "Header_BerichtVersie mul 9223372036854775807 gt 1 or true | a b c d",
        "contains(Client_Naam_Geslachtsnaam_Achternaam,'an') | a",
        "Client_Naam_Geslachtsnaam_Achternaam eq 'O''Neil é😀' | c",
        "length(Client_Naam_Geslachtsnaam_Achternaam) eq 9 | c",
        "startswith(tolower(Client_Naam_Geslachtsnaam_Achternaam),'ja') | a",
        "endswith(Client_Naam_Geslachtsnaam_Achternaam,'😀') | c",
        "indexof(Client_Naam_Geslachtsnaam_Achternaam,'n') eq 2 | a",
        "substring(Client_Naam_Geslachtsnaam_Achternaam,1,3) eq 'ans' | a",
        "concat(Bericht_Id,'x') eq 'bx' | b",
        "year(Client_Geboortedatum_Datum) eq 2012 and day(Client_Geboortedatum_Datum) eq 29 | b",
        "Client_Geboortedatum_Datum ge 2011-12-31 | b d",
        "Uitwisseling_OntvangenGGk eq 2024-01-31T08:00:00Z | a",
        "Uitwisseling_OntvangenGGk eq 2024-07-31T09:00:00%2B02:00 | b",
        "Uitwisseling_OntvangenGGk le 9999-12-31T23:59:59Z | a b d",
        "Uitwisseling_OntvangenGGk ge 0001-01-01T00:00:00Z | a b d",
        "hour(Uitwisseling_OntvangenGGk) eq 9 | a b",
        // The clock went back at 01:00Z, and d is of before.
        "Uitwisseling_OntvangenGGk eq 2024-10-27T00:30:00Z | d",
        "Uitwisseling_OntvangenGGk eq 2024-10-27T01:30:00Z | \"\"",
        "Uitwisseling_OntvangenGGk lt 2024-10-27T01:00:00Z | a b d",
        "Uitwisseling_OntvangenGGk gt 2024-10-27T01:00:00Z | \"\"",
        "Uitwisseling_OntvangenGGk ge 2024-10-27T02:30:00%2B01:00 | \"\"",
        "contains(Client_Naam_Geslachtsnaam_Achternaam,'%0A') | \"\"",
        "Header_BerichtVersie eq NULL or FALSE | c",
        "Header_BerichtVersie in (1,Null) and True | b c",
        "date(Uitwisseling_OntvangenGGk) eq 2024-01-31 | a",
        "time(Uitwisseling_OntvangenGGk) eq 09:00:00 | a b",
        "totaloffsetminutes(Uitwisseling_OntvangenGGk) eq 120 | b d",
        "totaloffsetminutes(Uitwisseling_OntvangenGGk) eq 60 | a",
        "Uitwisseling_OntvangenGGk add duration'PT2H' eq 2024-10-27T02:30:00Z | d",
        "Uitwisseling_OntvangenGGk add duration'PT0H' eq 2024-01-31T08:00:00Z | a",
        "Uitwisseling_OntvangenGGk add duration'-P91D' eq 2024-05-01T07:00:00Z | b",
        "Header_BerichtVersie eq 1 or Header_BerichtVersie eq 2 or Header_BerichtVersie eq 3 | a b"
            + " d",
        "Header_BerichtVersie gt 0 and Bericht_Id ne 'a' and Bericht_Id ne 'b' | d",
        "Levering_GeladenOp le now() | a b c d",
        "cast(Header_BerichtVersie,Edm.String) eq '3' | a",
        "ToegewezenProduct/any() | a b",
        "ToegewezenProduct/any(p:p/Budget gt 60) | a",
        "ToegewezenProduct/all(p:p/Budget gt 60) | c d",
        "ToegewezenProduct/any(p:p/JW301/Header_BerichtVersie eq 1) | b",
        "ToegewezenProduct/$count gt 1 | a",
        "ToegewezenProduct/$count eq 0 | c d",
        "ToegewezenProduct/$count($filter=Budget gt 60) eq 1 | a",
        "ToegewezenProduct/$count($filter=Budget eq null) eq 0 | a c d",
        "ToegewezenProduct/$count($filter=JW301/Header_BerichtVersie eq 1) gt 0 | b",
        "ToegewezenProduct/$count gt 0 and not"
            + " ToegewezenProduct/any(p:p/JW301/ToegewezenProduct/$count($filter=Budget lt 60) gt"
            + " 0) | b",
        "case(Header_BerichtVersie gt 2:'hoog',Header_BerichtVersie gt 1:'midden',true:'laag') eq"
            + " 'laag' | b c",
        "case(Header_BerichtVersie gt 2:1) eq null | b c d",
        "case(Header_BerichtVersie gt 2:1,true:1.5) eq 1.5 | b c d",
        "matchesPattern(Client_Naam_Geslachtsnaam_Achternaam,'^J.n[a-z]en$') | a",
        "matchesPattern(Client_Naam_Geslachtsnaam_Achternaam,'n') | a",
        "Uitwisseling_OntvangenGGk add duration'PT1H' eq 2024-01-31T09:00:00Z | a",
        "Uitwisseling_OntvangenGGk sub duration'P1DT30M' lt 2024-01-30T08:00:00Z | a",
        "Uitwisseling_OntvangenGGk sub 2024-01-31T08:00:00Z eq duration'PT0S' | a",
        "totalseconds(Uitwisseling_OntvangenGGk sub 2024-01-31T07:00:00Z) eq 3600 | a",
        "Client_Geboortedatum_Datum add duration'P1D' eq 2010-03-01 | a",
        "Client_Geboortedatum_Datum sub 2010-02-27 eq duration'PT24H' | a",
        "Client_Geboortedatum_Datum sub 2010-02-27 gt -duration'P1D' mul 2 | a b d",
        "cast(Header_BerichtVersie,Edm.Double) divby 2 eq 1.5 | a",
        "cast(Bericht_Id,Edm.Boolean) eq null | a b c d",
        "cast(Header_BerichtVersie gt 2,Edm.String) eq 'true' | a",
        "Client_Bsn eq @p | a b c d"
      })
  void filters(String filter, String ids) {
    String query = "JW301?$select=Bericht_Id&$filter=" + filter.replace(" ", "%20");
    assertThat(ids(json(query), "Bericht_Id")).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$orderby=Budget | p3 p4 p2 p1",
        "$orderby=Budget desc | p1 p2 p4 p3",
        "$orderby=JW301/Header_BerichtVersie desc,Budget | p2 p1 p3 p4",
        "$filter=JW301 eq null | p4",
        "$filter=JW301/Client_Naam_Geslachtsnaam_Achternaam eq 'Jansen' | p1 p2",
        "$filter=JW301/ToegewezenProduct/$count eq 2 | p1 p2",
        "$orderby=JW301/Header_BerichtVersie,JW301/ToegewezenProduct/$count desc,Budget desc | p4"
            + " p3 p1 p2",
        "$orderby=JW301/ToegewezenProduct/$count($filter=Budget gt 60)"
            + " desc,JW301/Header_BerichtVersie desc,Budget | p2 p1 p3 p4",
        "$filter=Toewijzingstijd lt 10:00 | p1",
        "$filter=minute(Toewijzingstijd) eq 30 | p1",
        "$orderby=Budget desc&$skip=1&$top=2 | p2 p4",
        "$top=2 | p1 p2"
      })
  void ordersAndPages(String query, String ids) {
    JsonNode answer = json("JW301_ToegewezenProduct?" + query.replace(" ", "%20"));
    assertThat(ids(answer, "ToegewezenProduct_Id")).isEqualTo(ids);
  }

  @Test
  void ordersByANumberOfChildrenBesideAColumn() {
    String order =
        "$orderby=ToegewezenProduct/$count%20desc,ToegewezenProduct/$count($filter=Budget%20gt%2060),Header_BerichtVersie";
    assertThat(ids(json("JW301?" + order), "Bericht_Id")).isEqualTo("a b c d");
    assertThat(ids(json("JW301?$skip=1&" + order), "Bericht_Id")).isEqualTo("b c d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JW301('a')/ToegewezenProduct/$count | 200 | 2",
        "JW301('a')/ToegewezenProduct('p2')/Budget/$value | 200 | 50",
        "JW301('a')/ToegewezenProduct('p3')/Budget/$value | 404 | *",
        "JW301_ToegewezenProduct('p3')/JW301/Header_BerichtVersie/$value | 200 | 1",
        "JW301_ToegewezenProduct('p3')/JW301/ToegewezenProduct/$count | 200 | 1",
        "JW301_ToegewezenProduct('p4')/JW301 | 204 | *",
        "JW301_ToegewezenProduct('p9')/JW301 | 404 | *",
        "JW301('c')/ToegewezenProduct/$count | 200 | 0",
        "JW301('y')/ToegewezenProduct | 404 | *",
        "JW301('x')/ToegewezenProduct/$count | 200 | 1",
        "JW301('d')/Uitwisseling_OntvangenGGk/$value | 200 | 2024-10-27T02:30:00+02:00",
        "JW301('c')/Uitwisseling_OntvangenGGk | 204 | *",
        "JW302/$count | 200 | 0"
      })
  void followsPaths(String below, int status, String text) {
    FakeExchange answer = get(below);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (!text.equals("*")) {
      assertThat(answer.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | JW301?$filter=%ff eq 1 | KD522 | $filter",
        "GET | JW301(%ff) | KD522 | JW301(%ff)",
        "GET | ../../GM9031/ijw/JW301 | KD502 | ..",
        "GET | JW301?$filter=Bericht_Id eq '\uFFFD' | KD522 | $filter",
        "GET | JW301?\uFF04top=5 | KD518 | $\uFF04top",
        "GET | JW301?%EF%BC%84top=5 | KD518 | $\uFF04top",
        "GET |"
            + " JW301?$expand=ToegewezenProduct($expand=JW301($expand=ToegewezenProduct($expand=JW301($expand=ToegewezenProduct($expand=JW301)))))"
            + " | KD412 | $expand",
        "GET | JW301/Client_Bsn | KD523 | JW301/Client_Bsn",
        "GET | JW301?$apply=groupby((rollup(Header_BerichtVersie))) | KD507 | $apply",
        "DELETE | JW301 | KD504 | method",
        "POST | $batch | KD543 | Content-Type",
        "POST | JW301/$query | KD543 | Content-Type"
      })
  void aFailureNamesItsTarget(String method, String below, String code, String target)
      throws IOException {
    FakeExchange exchange =
        new FakeExchange(method, "/odata/GM9030/ijw/" + below.replace(" ", "%20"));
    JsonNode error = ODataFixture.json(ODataFixture.send(head, exchange)).get("error");
    assertThat(error.get("code").asText()).as("%s", error).isEqualTo(code);
    assertThat(error.get("target").asText()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Header_BerichtVersie mul 9223372036854775807 gt 1",
        "(-9223372036854775808 add Header_BerichtVersie sub Header_BerichtVersie) div"
            + " (Header_BerichtVersie sub Header_BerichtVersie sub 1) gt 1"
      })
  void aNumberThatIsTooLargeIsToldInWordsOfOurs(String filter) throws IOException {
    String below = "JW301?$filter=" + filter.replace(" ", "%20");
    assertThat(get(below).status()).isEqualTo(400);
    assertThat(get(below).text())
        .contains("KD407", "de uitkomst van een berekening is te groot")
        .doesNotContain("verflow");
  }

  @Test
  void expandsBothWays() {
    JsonNode answer =
        json(
            "JW301?$select=Bericht_Id&$expand=ToegewezenProduct($select=Budget;$orderby=Budget;"
                + "$top=1;$count=true;$expand=JW301($select=Header_BerichtVersie)),Relatie/$count");
    assertThat(answer.get("value").toString())
        .isEqualTo(
            "[{\"Bericht_Id\":\"a\",\"ToegewezenProduct@odata.count\":2,\"ToegewezenProduct\":["
                + "{\"Budget\":50,\"JW301\":{\"Header_BerichtVersie\":3}}],"
                + "\"Relatie@odata.count\":0},"
                + "{\"Bericht_Id\":\"b\",\"ToegewezenProduct@odata.count\":1,\"ToegewezenProduct\":["
                + "{\"Budget\":null,\"JW301\":{\"Header_BerichtVersie\":1}}],"
                + "\"Relatie@odata.count\":0},"
                + "{\"Bericht_Id\":\"c\",\"ToegewezenProduct@odata.count\":0,"
                + "\"ToegewezenProduct\":[],\"Relatie@odata.count\":0},"
                + "{\"Bericht_Id\":\"d\",\"ToegewezenProduct@odata.count\":0,"
                + "\"ToegewezenProduct\":[],\"Relatie@odata.count\":0}]");
  }

  @Test
  void expandsInsideAnOrderedPage() {
    JsonNode answer =
        json(
            "JW301?$select=Bericht_Id&$orderby=Bericht_Id%20desc&$skip=2&$top=2&$expand=*($select=Bericht_Id)");
    assertThat(answer.get("value").get(0).get("ToegewezenProduct")).hasSize(1);
    assertThat(answer.get("value").get(1).get("ToegewezenProduct")).hasSize(2);
  }

  @Test
  void walksPagesWithAndWithoutOrder() {
    for (String order :
        List.of("", "&$orderby=Bericht_Id%20desc", "&$filter=Bericht_Id%20ne%20'b'")) {
      List<String> ids = new ArrayList<>();
      String next = ODataFixture.ROOT + "JW301?$select=Bericht_Id&$count=true" + order;
      while (!next.isEmpty()) {
        JsonNode page =
            ODataFixture.json(send(new FakeExchange("GET", next).with("Prefer", "maxpagesize=1")));
        ids.add(ids(page, "Bericht_Id"));
        next = page.path("@odata.nextLink").asText().replace("https://data.example", "");
      }
      assertThat(ids).as(order).doesNotHaveDuplicates().hasSize(order.contains("filter") ? 3 : 4);
    }
  }

  @ParameterizedTest
  @MethodSource("nl.ketendata.server.odata.HostileAddressTest#hostile")
  void neverFailsOnHostileAddresses(String below) {
    FakeExchange answer = get(below);
    assertThat(answer.status()).as(answer.text()).isIn(200, 204, 400, 404, 405, 406, 501);
  }

  @Test
  void servesTheTablesOfTheServerItselfAsTheOthers() {
    JsonNode orphan = json("Bevindingen?$filter=Code%20eq%20'KD223'").get("value").get(0);
    assertThat(orphan.get("Tabel").asText()).isEqualTo("JW301_ToegewezenProduct");
    assertThat(orphan.get("Aantal").asLong()).isEqualTo(1);
    assertThat(json("Leveringen('9030-1')").get("Rijen_Gelezen").asLong()).isEqualTo(8);
    assertThat(json("Geweigerde_Rijen").get("value")).isEmpty();
    assertThat(get("$metadata").text())
        .contains("EntityType Name=\"Geweigerde_Waarden\"", "Geleverde rijen die niet geplaatst");
  }

  @Test
  void showsTheMessageBesideItsChild() {
    String wide = "JW301_ToegewezenProduct_Breed";
    assertThat(ids(json(wide), "ToegewezenProduct_Id")).isEqualTo("p1 p2 p3 p4");
    assertThat(ids(json(wide + "?$filter=Header_BerichtVersie%20eq%203"), "ToegewezenProduct_Id"))
        .isEqualTo("p1 p2");
    assertThat(
            ids(json(wide + "?$orderby=Header_BerichtVersie,Budget%20desc&$top=3"), "Bericht_Id"))
        .isEqualTo("x b a");
    JsonNode row = json(wide + "('p1')");
    assertThat(row.get("Client_Naam_Geslachtsnaam_Achternaam").asText()).isEqualTo("Jansen");
    assertThat(json(wide + "('p4')").get("Header_BerichtVersie").isNull()).isTrue();
    assertThat(json(wide + "?$count=true&$top=1").get("@odata.count").asInt()).isEqualTo(4);
  }

  @Test
  void showsCodesWithTheirMeanings() {
    assertThat(json("Codelijst_WJ756('01')").get("Omschrijving").asText()).isEqualTo("Minuut");
    assertThat(ids(json("Codelijst_WJ756?$filter=Omschrijving%20eq%20'Uur'"), "Code"))
        .isEqualTo("04");
    int rows = CATALOGUE.codeList("COD032").orElseThrow().entries().size();
    JsonNode page = json("Codelijst_COD032?$count=true");
    assertThat(page.get("@odata.count").asInt()).isEqualTo(rows);
    List<String> codes = new ArrayList<>();
    page.get("value").forEach(row -> codes.add(row.get("Code").asText()));
    while (page.has("@odata.nextLink")) {
      String link = page.get("@odata.nextLink").asText();
      page = json(link.substring(link.indexOf("Codelijst_")));
      page.get("value").forEach(row -> codes.add(row.get("Code").asText()));
    }
    assertThat(codes).hasSize(rows).doesNotHaveDuplicates();
  }

  @Test
  void leadsFromACodeToItsMeaning() {
    assertThat(
            json("JW301_ToegewezenProduct('p1')?$select=ToegewezenProduct_Id"
                    + "&$expand=Omvang_Eenheid_Codelijst($select=Omschrijving)")
                .at("/Omvang_Eenheid_Codelijst/Omschrijving")
                .asText())
        .isEqualTo("Uur");
    assertThat(
            ids(
                json(
                    "JW301_ToegewezenProduct_Breed?$filter=Omvang_Eenheid_Codelijst/Omschrijving"
                        + "%20eq%20'Uur'&$expand=Omvang_Eenheid_Codelijst"),
                "ToegewezenProduct_Id"))
        .isEqualTo("p1");
    assertThat(json("JW301_ToegewezenProduct('p1')/Omvang_Eenheid_Codelijst").get("Code").asText())
        .isEqualTo("04");
    assertThat(
            json("JW301_ToegewezenProduct?$apply=groupby((Omvang_Eenheid_Codelijst/Omschrijving))")
                .get("value")
                .size())
        .isEqualTo(2);
    assertThat(get("Codelijst_WJ756?$expand=JW301_ToegewezenProduct").status()).isEqualTo(400);
    assertThat(get("Codelijst_WJ756('04')/JW301_ToegewezenProduct.Omvang_Eenheid").status())
        .isEqualTo(404);
  }

  private static FakeExchange get(String below) {
    return send(new FakeExchange("GET", ODataFixture.ROOT + below));
  }

  private static JsonNode json(String below) {
    FakeExchange answer = get(below);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ODataFixture.json(answer);
  }

  private static FakeExchange send(FakeExchange exchange) {
    return ODataFixture.send(head, exchange);
  }

  private static String ids(JsonNode answer, String column) {
    List<String> ids = new ArrayList<>();
    answer.get("value").forEach(row -> ids.add(row.get(column).asText()));
    return String.join(" ", ids);
  }
}
