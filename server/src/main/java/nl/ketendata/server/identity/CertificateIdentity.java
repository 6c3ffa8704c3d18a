package nl.ketendata.server.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** What tells one certificate from another, and which of it the settings name. */
final class CertificateIdentity {
  private static final String OIN = "oin:";
  private static final String FINGERPRINT = "sha256:";
  private static final String SUBJECT = "dn:";
  private static final String SERIAL = "SERIALNUMBER";
  private static final Map<String, String> NAMES = Map.of("2.5.4.5", SERIAL);

  private final X509Certificate certificate;
  private final LdapName subject;

  CertificateIdentity(X509Certificate certificate) {
    this.certificate = certificate;
    String text = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES);
    this.subject = parsed(text).orElseGet(() -> new LdapName(java.util.List.<Rdn>of()));
  }

  /** For log and audit: the common name, or else the fingerprint. */
  String name() {
    return attribute("CN").orElseGet(() -> FINGERPRINT + fingerprint());
  }

  /** What the settings say of it; a fingerprint goes before a number, and that before a name. */
  <T> Optional<T> in(Map<String, T> settings) {
    return found(settings, FINGERPRINT, text -> plain(text).equals(fingerprint()))
        .or(() -> found(settings, OIN, text -> attribute(SERIAL).equals(Optional.of(text))))
        .or(() -> found(settings, SUBJECT, text -> parsed(text).equals(Optional.of(subject))));
  }

  private static <T> Optional<T> found(
      Map<String, T> settings, String prefix, java.util.function.Predicate<String> fits) {
    return settings.entrySet().stream()
        .filter(each -> each.getKey().toLowerCase(Locale.ROOT).startsWith(prefix))
        .filter(each -> fits.test(each.getKey().substring(prefix.length()).strip()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Fingerprints are written in any case, with colons or without. */
  private static String plain(String fingerprint) {
    return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
  }

  private String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was read can be written", e);
    }
  }

  private Optional<String> attribute(String name) {
    for (Rdn part : subject.getRdns()) {
      Attribute attribute = part.toAttributes().get(name);
      try {
        if (attribute != null && attribute.get() instanceof String text) {
          return Optional.of(text);
        }
      } catch (NamingException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<LdapName> parsed(String text) {
    try {
      return Optional.of(new LdapName(text));
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
