package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import nl.ketendata.server.policy.Role;

/**
 * A key for a program, to read one organisation's data until a day.
 *
 * @param hash SHA-256 of the token, in hexadecimal; enough, since a token is 256 random bits
 */
record Token(String name, String organisation, Role role, String hash, Instant expires) {
  /** What every token begins with, so that people and scanners recognise one. */
  static final String PREFIX = "kdt_";

  private static final int MARK = 8;

  /** Tells tokens of one name apart; says nothing of the token. */
  String mark() {
    return mark(hash);
  }

  static String mark(String hash) {
    return hash.substring(0, MARK);
  }

  static Token fromJson(JsonNode json) {
    return new Token(
        json.required("naam").asText(),
        json.required("organisatie").asText(),
        Optional.ofNullable(json.get("rol"))
            .map(JsonNode::asText)
            .map(Role::parse)
            .orElse(Role.ANALIST),
        json.required("sha256").asText(),
        Instant.parse(json.required("geldig_tot").asText()));
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("naam", name)
        .put("organisatie", organisation)
        .put("rol", role.id())
        .put("sha256", hash)
        .put("geldig_tot", expires.toString());
  }
}
