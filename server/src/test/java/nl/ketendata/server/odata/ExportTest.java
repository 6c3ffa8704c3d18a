package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.TestServer;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The same rows in other forms, read by readers that know nothing of ours. */
class ExportTest {
  private static final String MESSAGES =
      """
      Bericht_Id,Client_Naam_Geslachtsnaam_Achternaam,Header_BerichtVersie,Client_Geboortedatum_Datum,Uitwisseling_OntvangenGGk,Client_Commentaar
      a,"=1+1, ""x""\",3,2010-02-28,2024-01-31T09:00:00,"twee
      regels"
      b,,1,1850-02-28,2024-07-31T09:00:00,-5
      c,O'Neil é😀,,,,@x
      d," ruimte ",-2,2011-12-31,2024-10-27T02:30:00,+31
      """;
  private static final String PRODUCTS =
      """
      ToegewezenProduct_Id,Bericht_Id,Product_Code,Toewijzingstijd,Budget
      p1,a,45A04,09:30:00,100
      p2,a,45A05,10:00:00,50
      p3,b,45A04,,
      """;
  private static final String SELECT =
      "$select=Bericht_Id,Client_Naam_Geslachtsnaam_Achternaam,Header_BerichtVersie,"
          + "Client_Geboortedatum_Datum,Uitwisseling_OntvangenGGk,Client_Commentaar";

  @TempDir static Path folder;
  private static TestServer server;
  private static ODataHead head;

  @BeforeAll
  static void takesADelivery() {
    server = new TestServer(folder);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20240101000000.zip",
        Map.of("JW301.csv", MESSAGES, "JW301_ToegewezenProduct.csv", PRODUCTS));
    head = new ODataHead(server.door(), Catalogue.read(), new ODataSettings(2, 2, 3));
  }

  @AfterAll
  static void closes() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301?",
        "JW301?" + SELECT,
        "JW301?$filter=Header_BerichtVersie%20gt%200&$orderby=Header_BerichtVersie%20desc",
        "JW301?$skip=1&$top=2",
        "JW301('a')/ToegewezenProduct?$select=Budget,Toewijzingstijd,Levering_GeladenOp",
        "JW301?$compute=Header_BerichtVersie%20mul%202%20as%20D&$select=Bericht_Id,D",
        "JW301_ToegewezenProduct?$apply=groupby((Product_Code),aggregate(Budget%20with%20sum%20as%20S,$count%20as%20N))",
        "JW301?$filter=false"
      })
  void csvHoldsTheValuesOfTheJson(String below) throws IOException {
    FakeExchange answer = get(below + "&$format=csv&formules=true");

    assertThat(answer.answered("Content-Type")).contains("text/csv;charset=utf-8;header=present");
    assertThat(answer.answered("Content-Disposition").orElse("")).contains(".csv");
    List<JsonNode> rows = walk(below);
    List<CSVRecord> records = CSVFormat.RFC4180.parse(new StringReader(answer.text())).getRecords();
    assertThat(records).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < records.get(0).size(); column++) {
        JsonNode value = rows.get(i).get(records.get(0).get(column));
        assertThat(records.get(i + 1).get(column)).isEqualTo(value.isNull() ? "" : value.asText());
      }
    }
  }

  @Test
  void csvIsMadeAsTheStandardHasIt() {
    String text = get("JW301?" + SELECT + "&$top=2&$format=csv&formules=true").text();

    assertThat(text)
        .isEqualTo(
            "Bericht_Id,Client_Naam_Geslachtsnaam_Achternaam,Header_BerichtVersie,"
                + "Client_Geboortedatum_Datum,Uitwisseling_OntvangenGGk,Client_Commentaar\r\n"
                + "a,\"=1+1, \"\"x\"\"\",3,2010-02-28,2024-01-31T09:00:00+01:00,"
                + "\"twee\nregels\"\r\n"
                + "b,,1,1850-02-28,2024-07-31T09:00:00+02:00,-5\r\n");
    assertThat(get("JW301?$top=1&$format=csv&bom=true").bytes()).startsWith(0xef, 0xbb, 0xbf, 'B');
  }

  @Test
  void csvHoldsNoFormulasUnlessAskedFor() {
    String text = get("JW301?" + SELECT + "&$format=csv").text();

    assertThat(text)
        .contains("\"'=1+1, \"\"x\"\"\"", "\"'-5\"", "\"'@x\"", "\"'+31\"", ",-2,")
        .doesNotContainPattern("(?m)(^|,)\"?[=+@]");
  }

  @Test
  void choosesTheFormByTheAcceptHeader() {
    assertThat(accepting("text/csv").answered("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(accepting("application/vnd.apache.arrow.stream").answered("Content-Type"))
        .contains("application/vnd.apache.arrow.stream");
    assertThat(accepting("application/json,text/csv;q=0.5").answered("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(accepting("text/csv,*/*;q=0.1").text()).startsWith("Bericht_Id,");
    assertThat(get("JW301/$count?$format=csv").status()).isEqualTo(200);
    assertThat(get("JW301('a')?$format=csv").status()).isEqualTo(406);
  }

  private static FakeExchange accepting(String types) {
    return send(new FakeExchange("GET", ODataFixture.ROOT + "JW301").with("Accept", types));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "xlsx", "arrow"})
  void refusesRowsInsideRows(String format) {
    FakeExchange answer = get("JW301?$top=1&$expand=ToegewezenProduct&$format=" + format);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("KD545").contains("$expand");
  }

  @Test
  void refusesMoreRowsThanASheetHasBeforeAnythingIsSent() {
    FakeExchange answer = get("JW301?$format=xlsx");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("KD546").contains("4").contains("3");
    assertThat(get("JW301?$format=xlsx&$top=3").status()).isEqualTo(200);
    assertThat(get("JW301?$format=xlsx&$skip=1").status()).isEqualTo(200);
    assertThat(get("JW301?$format=xlsx&$filter=Header_BerichtVersie%20gt%201").status())
        .isEqualTo(200);
  }

  @Test
  void aWorkbookHasDatesAsDatesAndTextAsText() throws Exception {
    FakeExchange answer = get("JW301?" + SELECT + "&$top=3&$format=xlsx");
    Map<String, byte[]> files = unzip(answer.bytes());
    Map<String, String> cells = cells(files.get("xl/worksheets/sheet1.xml"));

    assertThat(answer.answered("Content-Disposition").orElse("")).contains("JW301.xlsx");
    assertThat(cells)
        .containsEntry("A1", "inlineStr Bericht_Id")
        .containsEntry("B2", "inlineStr =1+1, \"x\"")
        .containsEntry("C2", "n 3")
        .containsEntry("D2", "n 40237.0")
        .containsEntry("D3", "inlineStr 1850-02-28")
        .containsEntry("E2", "n 45322.375")
        .containsEntry("F3", "inlineStr -5")
        .containsEntry("B4", "inlineStr O'Neil é😀")
        .doesNotContainKey("B3")
        .hasSize(6 + 6 + 5 + 3);
    String styles = new String(files.get("xl/styles.xml"), StandardCharsets.UTF_8);
    assertThat(styles).contains("yyyy-mm-dd hh:mm:ss", "\"yyyy-mm-dd\"");
    assertThat(new String(files.get("xl/worksheets/sheet1.xml"), StandardCharsets.UTF_8))
        .doesNotContain("<f>");
  }

  @Test
  void anArrowStreamHasNamesTypesAndZones() throws IOException {
    FakeExchange answer = get("JW301?$format=arrow");
    List<JsonNode> rows = walk("JW301?");
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(answer.bytes()), allocator)) {
      var root = reader.getVectorSchemaRoot();
      int found = 0;
      while (reader.loadNextBatch()) {
        for (int row = 0; row < root.getRowCount(); row++, found++) {
          assertThat(root.getVector("Bericht_Id").getObject(row).toString())
              .isEqualTo(rows.get(found).get("Bericht_Id").asText());
          Object version = root.getVector("Header_BerichtVersie").getObject(row);
          JsonNode expected = rows.get(found).get("Header_BerichtVersie");
          assertThat(version).isEqualTo(expected.isNull() ? null : expected.asLong());
        }
      }
      assertThat(found).isEqualTo(rows.size());
      assertThat(root.getSchema().getFields()).hasSize(rows.get(0).size());
      assertThat(zone(root.getSchema().findField("Levering_GeladenOp").getType())).isEqualTo("UTC");
      assertThat(zone(root.getSchema().findField("Uitwisseling_OntvangenGGk").getType())).isNull();
    }
  }

  @Test
  void anEmptyArrowStreamStillHasItsColumns() throws IOException {
    FakeExchange answer = get("JW301?$filter=false&$select=Bericht_Id&$format=arrow");
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(answer.bytes()), allocator)) {
      assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
          .extracting(field -> field.getName())
          .containsExactly("Bericht_Id");
    }
  }

  private static String zone(ArrowType type) {
    return ((ArrowType.Timestamp) type).getTimezone();
  }

  /** By the directory at its end, as spreadsheets read it. */
  private static Map<String, byte[]> unzip(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("antwoord.xlsx"), bytes);
    Map<String, byte[]> files = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return files;
  }

  /** Type and content of each cell that has any. */
  private static Map<String, String> cells(byte[] sheet) throws Exception {
    var cells =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(sheet))
            .getElementsByTagName("c");
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < cells.getLength(); i++) {
      Element cell = (Element) cells.item(i);
      String type = cell.getAttribute("t").isEmpty() ? "n" : cell.getAttribute("t");
      if (!cell.getTextContent().isEmpty()) {
        found.put(cell.getAttribute("r"), type + " " + cell.getTextContent());
      }
    }
    return found;
  }

  private static List<JsonNode> walk(String below) {
    List<JsonNode> rows = new ArrayList<>();
    String next = ODataFixture.ROOT + below;
    while (!next.isEmpty()) {
      FakeExchange answer = send(new FakeExchange("GET", next));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      ODataFixture.json(answer).get("value").forEach(rows::add);
      next =
          ODataFixture.json(answer)
              .path("@odata.nextLink")
              .asText()
              .replace("https://data.example", "");
    }
    return rows;
  }

  private static FakeExchange get(String below) {
    return send(new FakeExchange("GET", ODataFixture.ROOT + below));
  }

  private static FakeExchange send(FakeExchange exchange) {
    return ODataFixture.send(head, exchange);
  }
}
