package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import nl.ketendata.server.policy.Role;

/**
 * Somebody with a password.
 *
 * @param organisation identifier of the organisation that the user belongs to, in upper case; empty
 *     for the installation
 * @param hash of the password, in PHC form
 * @param until when a one-time password is no longer good; absent for a password that was chosen
 */
record User(String name, String organisation, Role role, String hash, Optional<Instant> until) {

  static User fromJson(JsonNode json) {
    return new User(
        json.required("naam").asText(),
        json.required("organisatie").asText(),
        Role.parse(json.required("rol").asText()),
        json.required("wachtwoord").asText(),
        Optional.ofNullable(json.get("eenmalig_tot")).map(JsonNode::asText).map(Instant::parse));
  }

  ObjectNode toJson() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("naam", name)
            .put("organisatie", organisation)
            .put("rol", role.id())
            .put("wachtwoord", hash);
    until.ifPresent(moment -> json.put("eenmalig_tot", moment.toString()));
    return json;
  }

  User with(Role other) {
    return new User(name, organisation, other, hash, until);
  }

  User with(String otherHash, Optional<Instant> goodUntil) {
    return new User(name, organisation, role, otherHash, goodUntil);
  }
}
