package nl.ketendata.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An entry as a line of JSON; everything that is not plain text in it is escaped. */
final class Line {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 2_000;

  private Line() {}

  /**
   * @param before hash of the line before
   */
  static String of(Entry entry, Instant when, String before) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("tijd", when.toString())
            .put("wat", entry.act().name())
            .put("wie", cut(entry.actor()))
            .put("organisatie", cut(entry.organisation()))
            .put("vanaf", entry.origin())
            .put("object", cut(entry.object()))
            .put("uitkomst", entry.result())
            .put("rijen", entry.rows())
            .put("vorige", before);
    return line.toString();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static String hash(String line) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The hash of the line before, as this line says; nothing when it is no line of ours. */
  static Optional<String> before(String line) {
    return text(line, "vorige");
  }

  /** Whether the line is about an organisation. */
  static boolean isAbout(String line, String organisation) {
    return text(line, "organisatie")
        .map(ids -> Arrays.asList(ids.split(" ")).contains(organisation))
        .orElse(false);
  }

  private static Optional<String> text(String line, String name) {
    try {
      JsonNode value = JSON.readTree(line).path(name);
      return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
