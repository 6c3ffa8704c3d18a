package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.ketendata.server.policy.Role;

/**
 * Somebody with a password.
 *
 * @param organisation identifier of the organisation that the user belongs to, in upper case
 * @param hash of the password, in PHC form
 */
record User(String name, String organisation, Role role, String hash) {

  static User fromJson(JsonNode json) {
    return new User(
        json.required("naam").asText(),
        json.required("organisatie").asText(),
        Role.parse(json.required("rol").asText()),
        json.required("wachtwoord").asText());
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("naam", name)
        .put("organisatie", organisation)
        .put("rol", role.id())
        .put("wachtwoord", hash);
  }
}
