package nl.ketendata.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The identity provider whose tokens are believed.
 *
 * @param issuer {@code oidc.issuer}: as tokens name it, such as {@code
 *     https://login.microsoftonline.com/…/v2.0}
 * @param audiences {@code oidc.audience}: for whom tokens must have been made
 * @param tenant {@code oidc.tenant}: the directory that tokens must be of (Entra ID: {@code tid})
 * @param keys {@code oidc.keys}: where the keys are, when the issuer does not say
 * @param nameClaim {@code oidc.name-claim}: {@code preferred_username}
 * @param claim {@code oidc.claim}: whose values are looked up in the table, or a path such as
 *     {@code realm_access.roles}; {@code roles}
 * @param memberships {@code [oidc.map]}: value of the claim to organisation and role, {@code
 *     "GM9030 analist"}
 * @param clientId {@code oidc.client-id}: of this server, for signing in with a browser
 * @param clientSecret {@code oidc.client-secret-file}: file with the secret that goes with it
 */
public record OidcSettings(
    URI issuer,
    List<String> audiences,
    Optional<String> tenant,
    Optional<URI> keys,
    String nameClaim,
    String claim,
    Map<String, String> memberships,
    Optional<String> clientId,
    Optional<Path> clientSecret) {
  public OidcSettings {
    audiences = List.copyOf(audiences);
    // In order, so that equal settings read alike.
    memberships = Collections.unmodifiableMap(new TreeMap<>(memberships));
  }

  static Optional<OidcSettings> read(Values values) {
    Optional<URI> issuer = values.issuer("oidc.issuer");
    OidcSettings read =
        new OidcSettings(
            issuer.orElse(URI.create("https://none.invalid")),
            values.texts("oidc.audience"),
            values.text("oidc.tenant"),
            values.issuer("oidc.keys"),
            values.text("oidc.name-claim", "preferred_username"),
            values.text("oidc.claim", "roles"),
            values.table("oidc.map"),
            values.text("oidc.client-id"),
            values.file("oidc.client-secret-file"));
    if (issuer.isPresent() && read.audiences.isEmpty()) {
      values.fault("oidc.audience ontbreekt/is missing");
    }
    if (issuer.isEmpty() && values.mentions("oidc.")) {
      values.fault("oidc.issuer ontbreekt/is missing");
    }
    Memberships.check(values, "oidc.map", read.memberships);
    return issuer.map(uri -> read);
  }
}
