package nl.ketendata.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

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

  /** The line as the administrator of one organisation may see it. */
  static String aboutOnly(String line, String organisation) {
    if (text(line, "organisatie").equals(Optional.of(organisation))) {
      return line;
    }
    try {
      return ((ObjectNode) JSON.readTree(line)).put("organisatie", organisation).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("It was read a moment ago", e);
    }
  }

  /** Whether it was in a period; a line that does not say when was in none. */
  static boolean isIn(String line, Period period) {
    try {
      return text(line, "tijd").map(Instant::parse).map(period::holds).orElse(false);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** A line about the organisation, with its number; nothing when it is none. */
  static Optional<AuditLines.Numbered> numbered(String line, String organisation, long number) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!Arrays.asList(json.path("organisatie").asText().split(" ")).contains(organisation)) {
        return Optional.empty();
      }
      return Optional.of(
          new AuditLines.Numbered(
              number,
              Instant.parse(json.path("tijd").asText()),
              json.path("wat").asText(),
              json.path("wie").asText(),
              json.path("vanaf").asText(),
              json.path("object").asText(),
              json.path("uitkomst").asText(),
              json.path("rijen").asLong()));
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The names of the columns of {@link #csv}. */
  static final String CSV_HEADER = "tijd,wat,wie,organisatie,vanaf,object,uitkomst,rijen";

  /** As a line of CSV (RFC 4180), that a spreadsheet takes for text and for nothing else. */
  static String csv(String line) {
    JsonNode json = JSON.createObjectNode();
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // A line that is none is found by the check of the chain.
    }
    StringJoiner row = new StringJoiner(",");
    for (String name : CSV_HEADER.split(",")) {
      row.add(cell(json.path(name).asText("")));
    }
    return row.toString();
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
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
