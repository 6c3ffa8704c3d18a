package nl.ketendata.server;

import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.identity.OpenIdSettings;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.OidcSettings;

/** How people sign in, from the settings. */
final class SignInConfiguration {
  private SignInConfiguration() {}

  /**
   * @throws nl.ketendata.server.failure.Failure KD605 when a role does not exist
   */
  static OpenIdSettings openId(OidcSettings settings) {
    Map<String, OpenIdSettings.Membership> memberships = new TreeMap<>();
    settings
        .memberships()
        .forEach(
            (value, meaning) -> {
              String[] parts = meaning.split(" ");
              memberships.put(value, new OpenIdSettings.Membership(parts[0], Role.parse(parts[1])));
            });
    return new OpenIdSettings(
        settings.issuer(),
        settings.audiences(),
        settings.tenant(),
        settings.keys(),
        settings.nameClaim(),
        settings.claim(),
        memberships);
  }
}
