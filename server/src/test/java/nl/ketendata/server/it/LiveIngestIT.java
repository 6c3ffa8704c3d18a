package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.TableRows;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries taken in by the command line while a server serves the same folder. */
class LiveIngestIT {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final Table PRODUCTS =
      CATALOGUE.standard(Product.IJW).table("JW301_ToegewezenProduct").orElseThrow();
  private static final Table MESSAGES =
      CATALOGUE.standard(Product.IJW).table("JW301").orElseThrow();
  private static final String ADDRESS = "odata/GM9030/ijw/JW301_ToegewezenProduct";

  @TempDir Path folder;

  /** Messages and products from one number up to another, all told by one commentary. */
  private Path delivery(String moment, int from, int to, String commentary) {
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_Afzender,Client_Commentaar\n");
    StringBuilder products =
        new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Ingangsdatum,Budget,Commentaar\n");
    for (int i = from; i < to; i++) {
      messages.append("m%04d,,%s\n".formatted(i, commentary));
      products.append("p%04d,m%04d,2024-01-01,%d,%s\n".formatted(i, i, i * 100, commentary));
    }
    return Deliveries.zip(
        folder,
        "Ketendata-IJW-Test-aan-Zee-" + moment + ".zip",
        Map.of(
            "JW301.csv", messages.toString(), "JW301_ToegewezenProduct.csv", products.toString()));
  }

  @Test
  void showsADeltaAtTheNextRequestAndEndsAnOlderWalkOnItsOwnVersion() {
    Path data = folder.resolve("data");
    Gemeenten.ingest(data, "GM9030", delivery("20240107060000", 0, 500, "oud"));
    try (JarServer server = JarServer.serve(data, "64m", "--open")) {
      WebClient client = server.client("", "");
      String tag = client.tag(ADDRESS);
      JsonNode first = client.json(ADDRESS, "Prefer", "odata.maxpagesize=100");

      Path delta = delivery("20240114060000", 490, 510, "nieuw");
      Gemeenten.ingest(data, "GM9030", delta);

      assertThat(client.text(ADDRESS + "/$count")).isEqualTo("510");
      assertThat(client.text(ADDRESS + "/$count?$filter=Commentaar%20eq%20'nieuw'"))
          .isEqualTo("20");
      String newTag = client.tag(ADDRESS);
      assertThat(newTag).isNotEqualTo(tag);
      assertThat(client.get(ADDRESS, "If-None-Match", tag).statusCode()).isEqualTo(200);
      assertThat(client.get(ADDRESS, "If-None-Match", newTag).statusCode()).isEqualTo(304);

      List<JsonNode> old = new ArrayList<>();
      first.get("value").forEach(old::add);
      old.addAll(client.walk(first.get("@odata.nextLink").asText(), 100));
      assertThat(old).hasSize(500);
      assertThat(old).allMatch(row -> row.get("Commentaar").asText().equals("oud"));
      assertThat(TableRows.ofOData(PRODUCTS, PRODUCTS.columns(), old)).hasSize(500);

      checkDeliveryColumns(client.walk(ADDRESS, 1000));
      deliversAgain(client, data, delta, newTag);
    }
  }

  private static void checkDeliveryColumns(List<JsonNode> rows) {
    TreeSet<Instant> first = new TreeSet<>();
    TreeSet<Instant> second = new TreeSet<>();
    for (JsonNode row : rows) {
      boolean renewed = row.get("Commentaar").asText().equals("nieuw");
      assertThat(row.get(Table.NUMMER).asInt()).isEqualTo(renewed ? 2 : 1);
      assertThat(row.get(Table.GEMEENTE).asText()).isEqualTo("9030");
      (renewed ? second : first).add(Instant.parse(row.get(Table.GELADEN_OP).asText()));
    }
    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1);
    assertThat(first.first()).isBefore(second.first());
  }

  private static void deliversAgain(WebClient client, Path data, Path delta, String tag) {
    JsonNode report = WebClient.parse(Gemeenten.ingest(data, "GM9030", delta));
    assertThat(report.get("alBekend").asBoolean()).isTrue();
    assertThat(report.get("nummer").asInt()).isEqualTo(2);
    assertThat(client.tag(ADDRESS)).isEqualTo(tag);
    assertThat(client.text(ADDRESS + "/$count")).isEqualTo("510");
  }

  @Test
  void givesTheSameRowsWhateverTheOrderOfOverlappingDeliveries() {
    Path data = folder.resolve("data");
    Path total = delivery("20240107060000", 0, 100, "totaal");
    Path delta = delivery("20240114060000", 90, 120, "week 2");
    Path later = delivery("20240121060000", 0, 110, "nieuw totaal");
    List<List<Path>> orders =
        List.of(
            List.of(total, delta, later),
            List.of(later, delta, total),
            List.of(delta, total, later, delta));
    List<String> gemeenten = List.of("GM9030", "GM9031", "GM9032");
    for (int i = 0; i < orders.size(); i++) {
      Gemeenten.ingest(data, gemeenten.get(i), orders.get(i).toArray(Path[]::new));
    }
    try (JarServer server = JarServer.serve(data, "96m", "--open")) {
      WebClient client = server.client("", "");
      List<List<SortedMap<String, List<String>>>> answers =
          gemeenten.stream().map(gemeente -> rows(client, gemeente)).toList();
      assertThat(answers.get(0).get(0)).hasSize(120);
      assertThat(answers.get(0).get(0).get("p0095")).contains("Commentaar=nieuw totaal");
      assertThat(answers.get(0).get(0).get("p0115")).contains("Commentaar=week 2");
      assertThat(answers.get(1)).isEqualTo(answers.get(0));
      assertThat(answers.get(2)).isEqualTo(answers.get(0));
    }
  }

  /** All columns but those of the delivery. */
  private static List<SortedMap<String, List<String>>> rows(WebClient client, String gemeente) {
    List<SortedMap<String, List<String>>> tables = new ArrayList<>();
    for (Table table : List.of(PRODUCTS, MESSAGES)) {
      List<Column> columns = table.columns();
      List<JsonNode> entities = client.walk("odata/" + gemeente + "/ijw/" + table.name(), 50);
      tables.add(TableRows.ofOData(table, columns, entities));
    }
    return tables;
  }
}
