package nl.ketendata.server.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.LedgerEntry;

/**
 * The deliveries of a gemeente and product as JSON: under way, published, refused; latest first.
 */
final class History {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> COUNTS =
      List.of(
          "gelezen",
          "toegevoegd",
          "bekend",
          "vervangen",
          "overstemd",
          "geweigerd",
          "geweigerdeWaarden");

  private History() {}

  static byte[] json(List<Followed> board, List<LedgerEntry> published, List<JsonNode> refused) {
    ObjectNode all = JSON.createObjectNode();
    ArrayNode here = all.putArray("onderweg");
    for (Followed one : board) {
      if (!one.ended()) {
        here.addPOJO(one.step());
      }
    }
    ArrayNode deliveries = all.putArray("leveringen");
    for (int i = published.size() - 1; i >= 0; i--) {
      deliveries.add(entry(published.get(i)));
    }
    all.putArray("geweigerd").addAll(refused);
    return bytes(all);
  }

  private static ObjectNode entry(LedgerEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("nummer", entry.number());
    line.put("naam", entry.name());
    line.put("bytes", entry.bytes());
    line.put("sha256", entry.sha256());
    line.put("tijdstip", entry.timestamp().toString());
    line.put("geladenOp", entry.loadedAt().toString());
    line.put("door", entry.by());
    line.put("vervangt", entry.replaces());
    line.put("toestand", "gepubliceerd");
    JsonNode files = parse(entry.report()).path("bestanden");
    for (String count : COUNTS) {
      long sum = 0;
      for (JsonNode file : files) {
        sum += file.path(count).asLong();
      }
      line.put(count, sum);
    }
    return line;
  }

  static JsonNode parse(String report) {
    try {
      return JSON.readTree(report);
    } catch (JsonProcessingException e) {
      throw Failure.internal(e);
    }
  }

  static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw Failure.internal(e);
    }
  }
}
