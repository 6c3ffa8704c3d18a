package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A key for a program, to read one organisation's data until a day.
 *
 * @param hash SHA-256 of the token, in hexadecimal; enough, since a token is 256 random bits
 */
record Token(String name, String organisation, String hash, Instant expires) {
  /** What every token begins with, so that people and scanners recognise one. */
  static final String PREFIX = "kdt_";

  static Token fromJson(JsonNode json) {
    return new Token(
        json.required("naam").asText(),
        json.required("organisatie").asText(),
        json.required("sha256").asText(),
        Instant.parse(json.required("geldig_tot").asText()));
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("naam", name)
        .put("organisatie", organisation)
        .put("sha256", hash)
        .put("geldig_tot", expires.toString());
  }
}
