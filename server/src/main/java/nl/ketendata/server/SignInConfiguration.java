package nl.ketendata.server;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.identity.CertificateSettings;
import nl.ketendata.server.identity.OpenIdSettings;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.OidcSettings;
import nl.ketendata.server.settings.TransportSettings;

/** What the settings say of identity, in the words of identity. */
final class SignInConfiguration {
  private SignInConfiguration() {}

  /**
   * @throws nl.ketendata.server.failure.Failure KD605 when a role does not exist
   */
  static OpenIdSettings openId(OidcSettings settings) {
    return new OpenIdSettings(
        settings.issuer(),
        settings.audiences(),
        settings.tenant(),
        settings.keys(),
        settings.nameClaim(),
        settings.claim(),
        memberships(settings.memberships()));
  }

  private static Map<String, OpenIdSettings.Membership> memberships(Map<String, String> table) {
    Map<String, OpenIdSettings.Membership> memberships = new TreeMap<>();
    table.forEach(
        (value, meaning) -> {
          String[] parts = meaning.split(" ");
          String organisation = parts[0].toUpperCase(Locale.ROOT);
          memberships.put(value, new OpenIdSettings.Membership(organisation, Role.parse(parts[1])));
        });
    return memberships;
  }

  /** What client certificates mean, when they are asked for. */
  static Optional<CertificateSettings> certificates(TransportSettings settings) {
    return settings
        .tls()
        .flatMap(
            tls ->
                tls.clientAuthorities()
                    .map(
                        authorities ->
                            new CertificateSettings(
                                authorities,
                                tls.clients().revocations(),
                                memberships(tls.clients().memberships()))));
  }
}
