package nl.ketendata.server.identity;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Whose client certificates are believed, and who they are here.
 *
 * @param authorities file with certificates in PEM; those who issue, or a client's own
 * @param revocations file with lists of revoked certificates, PEM or DER, one of every issuer
 * @param memberships by what identifies a certificate: {@code oin:} with the serialNumber of its
 *     subject, {@code sha256:} with its fingerprint, or {@code dn:} with its whole subject
 */
public record CertificateSettings(
    Path authorities,
    Optional<Path> revocations,
    Map<String, OpenIdSettings.Membership> memberships) {
  public CertificateSettings {
    memberships = Map.copyOf(memberships);
  }
}
