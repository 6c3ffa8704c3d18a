package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.TableRows;
import nl.ketendata.server.testing.WebClient;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every cell of a delivery comes out through every head as it went in. */
class VoorbeeldenIT {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @TempDir Path folder;

  @Test
  void bringsEveryCellOfThePublicExamples() throws IOException, SQLException {
    Path examples =
        Path.of(System.getProperty("ketendata.root"), "../shared/domain/voorbeelden/csv");
    assumeTrue(Files.isDirectory(examples), "skipped: no example messages at " + examples);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(examples)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    List<JsonNode> reports = roundTrip(files);
    List<JsonNode> refused = refusedValues(reports);
    assertThat(refused)
        .filteredOn(value -> value.get("waarde").asText().equals("2027-06-31"))
        .isNotEmpty()
        .allSatisfy(
            value -> {
              assertThat(value.get("bestand").asText()).isEqualTo("JW315_AangevraagdProduct.csv");
              assertThat(value.get("kolom").asText()).isEqualTo("ToewijzingEinddatum");
              assertThat(value.get("regel").asLong()).isBetween(2L, 6L);
            });
  }

  @Test
  void bringsEveryCellOfAnInventedDelivery() throws IOException, SQLException {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(
        "JW301.csv",
        """
        Bericht_Id,Uitwisseling_OntvangenGGk,Header_BerichtVersie,Header_Afzender,\
        Client_Geboortedatum_Datum,Client_Naam_Geslachtsnaam_Achternaam,Client_Commentaar
        m1,2024-03-31T01:59:59,3,0384,2000-02-29,O'Neil,"één, twee
        drie ""vier"" 😀"
        m2,2024-07-01T00:00:00,3,9030,1900-01-01,"Ünal ","=1+1"
        m3,,,,,"",
        m4,2024-10-27T03:00:00,2,9030,9999-12-31,NULL,\\N
        """);
    files.put(
        "JW301_ToegewezenProduct.csv",
        """
        ToegewezenProduct_Id,Bericht_Id,Product_Code,Toewijzingstijd,Ingangsdatum,Einddatum,Budget
        p1,m1,001A4,00:00:00,2024-01-01,2024-02-30,0
        p2,m1,45A04,23:59:59,2024-01-01,,999999999999
        p3,nergens,45A04,,,,-1
        """);
    files.put(
        "WMO323_Prestatie.csv",
        """
        Prestatie_Id,Bericht_Id,ProductPeriode_Begindatum,GeleverdVolume,IngediendBedrag_Bedrag
        w1,x,2024-01-01,12,1050
        w2,x,2024-13-01,twaalf,
        """);
    List<JsonNode> values = refusedValues(roundTrip(files));
    assertThat(values)
        .extracting(
            value ->
                value.get("bestand").asText()
                    + ":"
                    + value.get("regel").asLong()
                    + " "
                    + value.get("kolom").asText()
                    + "="
                    + value.get("waarde").asText())
        .containsExactlyInAnyOrder(
            "JW301_ToegewezenProduct.csv:2 Einddatum=2024-02-30",
            "WMO323_Prestatie.csv:3 ProductPeriode_Begindatum=2024-13-01",
            "WMO323_Prestatie.csv:3 GeleverdVolume=twaalf");
  }

  private static List<JsonNode> refusedValues(List<JsonNode> reports) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode report : reports) {
      for (JsonNode file : report.get("bestanden")) {
        assertThat(file.get("redenen")).hasSize(file.get("geweigerdeWaarden").asInt());
        for (JsonNode reason : file.get("redenen")) {
          values.add(((ObjectNode) reason).set("bestand", file.get("bestand")));
        }
      }
    }
    return values;
  }

  /** Takes the files in, reads every table back through both heads and compares cell by cell. */
  private List<JsonNode> roundTrip(SortedMap<String, String> files)
      throws IOException, SQLException {
    Path data = folder.resolve("data");
    Map<Table, List<CSVRecord>> delivered = parse(files);
    allowSenders(data, delivered);
    List<Path> zips = new ArrayList<>();
    for (Product product : Product.values()) {
      Map<String, String> own = new TreeMap<>(files);
      own.keySet().removeIf(name -> table(name).product() != product);
      if (!own.isEmpty()) {
        String name = "Ketendata-" + product.domain() + "-Test-aan-Zee-20260601060000.zip";
        zips.add(Deliveries.zip(folder, name, own));
      }
    }
    String reports = Gemeenten.ingest(data, "GM9030", zips.toArray(Path[]::new));
    try (JarServer server = JarServer.serve(data, "96m", "--open");
        Connection connection = Sql.connect(server, "", "")) {
      WebClient client = server.client("", "");
      for (Map.Entry<Table, List<CSVRecord>> file : delivered.entrySet()) {
        compare(file.getKey(), file.getValue(), client, connection);
      }
    }
    return reports.lines().map(WebClient::parse).toList();
  }

  private static void compare(
      Table table, List<CSVRecord> records, WebClient client, Connection connection)
      throws SQLException {
    List<Column> columns =
        table.columns().stream().filter(c -> records.get(0).isMapped(c.name())).toList();
    SortedMap<String, List<String>> expected = TableRows.ofCsv(table, columns, records);
    String address = "odata/GM9030/" + table.product().id() + "/" + table.name();
    assertThat(TableRows.ofOData(table, columns, client.walk(address, 2)))
        .as("OData %s", table.name())
        .isEqualTo(expected);
    assertThat(TableRows.ofSql(table, columns, connection, "select * from " + table.name()))
        .as("JDBC %s", table.name())
        .isEqualTo(expected);
  }

  private static Table table(String file) {
    String name = file.replace(".csv", "");
    return Stream.of(Product.values())
        .flatMap(product -> CATALOGUE.standard(product).table(name).stream())
        .findFirst()
        .orElseThrow();
  }

  private static Map<Table, List<CSVRecord>> parse(Map<String, String> files) throws IOException {
    Map<Table, List<CSVRecord>> parsed = new java.util.LinkedHashMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      parsed.put(table(file.getKey()), CSV.parse(new StringReader(file.getValue())).getRecords());
    }
    return parsed;
  }

  /** The examples come from many gemeenten; ours is made of all of them. */
  private static void allowSenders(Path data, Map<Table, List<CSVRecord>> files)
      throws IOException {
    TreeSet<String> codes = new TreeSet<>();
    for (List<CSVRecord> records : files.values()) {
      for (CSVRecord record : records) {
        record.toMap().entrySet().stream()
            .filter(cell -> cell.getKey().matches("Header_(Afzender|Ontvanger)"))
            .map(Map.Entry::getValue)
            .filter(code -> code.matches("[0-9]{4}"))
            .forEach(codes::add);
      }
    }
    Path gemeente = Files.createDirectories(data.resolve("gemeenten").resolve("GM9030"));
    Files.write(gemeente.resolve("voorgangers.txt"), codes);
  }
}
