package nl.ketendata.server.identity;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.policy.Role;

/**
 * Which identity provider is believed, and what its claims mean here.
 *
 * @param issuer exactly as tokens name it
 * @param audiences for whom tokens must have been made
 * @param tenant that tokens must be of (Entra ID: {@code tid})
 * @param keys where the issuer's keys are; found from the issuer when absent
 * @param nameClaim of the user's name, for log and audit
 * @param membershipClaim whose values are looked up in the memberships
 * @param memberships what a value of that claim means; a value that is not here means nothing
 */
public record OpenIdSettings(
    URI issuer,
    List<String> audiences,
    Optional<String> tenant,
    Optional<URI> keys,
    String nameClaim,
    String membershipClaim,
    Map<String, Membership> memberships) {
  public OpenIdSettings {
    audiences = List.copyOf(audiences);
    memberships = Map.copyOf(memberships);
  }

  /** A role in an organisation. */
  public record Membership(String organisation, Role role) {}
}
