package nl.ketendata.server.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Checks client certificates: issued by an authority that is believed, for clients, valid now, and
 * not revoked. What was found is kept for a minute, or until one of the files changes.
 *
 * <p>TLS proves only that the client has the key. The check is made here and not there, so that the
 * client gets a code, the audit a line, and a revoked certificate loses its open connections too.
 */
final class ClientCertificates {
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int MOST = 1_000;
  private static final String CLIENTS = "1.3.6.1.5.5.7.3.2";
  private static final String ANYTHING = "2.5.29.37.0";

  private final CertificateSettings settings;
  private final Clock clock;
  private final Consumer<Exception> broken;
  private final Map<List<X509Certificate>, Verdict> verdicts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<X509Certificate>, Verdict> eldest) {
          return size() > MOST;
        }
      };
  private String stamp;
  private Trusted trusted;

  private record Trusted(Set<X509Certificate> authorities, Collection<? extends CRL> revoked) {}

  private record Verdict(Optional<Code> fault, Instant until) {}

  /**
   * @param broken told when a file that changed cannot be used; the old one then stays in use
   * @throws Failure KD705 when a file cannot be used
   */
  ClientCertificates(CertificateSettings settings, Clock clock, Consumer<Exception> broken) {
    this.settings = settings;
    this.clock = clock;
    this.broken = broken;
    this.stamp = stamp();
    this.trusted = read();
  }

  /**
   * What is wrong with a certificate.
   *
   * @param chain the client's own first; not empty
   */
  synchronized Optional<Code> fault(List<X509Certificate> chain) {
    refresh();
    Instant now = clock.instant();
    Verdict known = verdicts.get(chain);
    if (known != null && known.until.isAfter(now)) {
      return known.fault;
    }
    Optional<Code> fault = check(chain, now);
    verdicts.put(List.copyOf(chain), new Verdict(fault, now.plus(KEPT)));
    return fault;
  }

  private Optional<Code> check(List<X509Certificate> chain, Instant now) {
    try {
      X509Certificate own = chain.get(0);
      if (!isForClients(own)) {
        return Optional.of(Code.CERTIFICATE_FOREIGN);
      }
      own.checkValidity(Date.from(now));
      if (!trusted.authorities.contains(own)) {
        follow(chain, now);
      }
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(code(e.getReason()));
    } catch (CertificateException e) {
      return Optional.of(Code.CERTIFICATE_EXPIRED);
    } catch (GeneralSecurityException e) {
      return Optional.of(Code.CERTIFICATE_FOREIGN);
    }
  }

  /** Up to one that is believed; what a client sends above that is of no use. */
  private void follow(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
    List<X509Certificate> path =
        chain.stream().takeWhile(each -> !trusted.authorities.contains(each)).toList();
    PKIXParameters rules =
        new PKIXParameters(
            trusted.authorities.stream()
                .map(each -> new TrustAnchor(each, null))
                .collect(Collectors.toSet()));
    rules.setDate(Date.from(now));
    rules.setRevocationEnabled(!trusted.revoked.isEmpty());
    rules.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(trusted.revoked)));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), rules);
  }

  private static Code code(CertPathValidatorException.Reason reason) {
    if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID) {
      return Code.CERTIFICATE_EXPIRED;
    }
    if (reason == BasicReason.REVOKED) {
      return Code.CERTIFICATE_REVOKED;
    }
    return reason == BasicReason.UNDETERMINED_REVOCATION_STATUS
        ? Code.CERTIFICATE_UNCHECKED
        : Code.CERTIFICATE_FOREIGN;
  }

  private static boolean isForClients(X509Certificate certificate) throws CertificateException {
    List<String> purposes = certificate.getExtendedKeyUsage();
    return purposes == null || purposes.contains(CLIENTS) || purposes.contains(ANYTHING);
  }

  private void refresh() {
    String now = stamp();
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      trusted = read();
      verdicts.clear();
    } catch (Failure e) {
      broken.accept(e);
    }
  }

  private String stamp() {
    return modified(settings.authorities()) + settings.revocations().map(this::modified).orElse("");
  }

  private String modified(Path file) {
    try {
      return Files.getLastModifiedTime(file) + "/" + Files.size(file) + " ";
    } catch (IOException e) {
      return "-";
    }
  }

  private Trusted read() {
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    for (Object each :
        all(settings.authorities(), (factory, in) -> factory.generateCertificates(in))) {
      authorities.add((X509Certificate) each);
    }
    return new Trusted(
        authorities,
        settings
            .revocations()
            .map(file -> all(file, (factory, in) -> factory.generateCRLs(in)))
            .orElse(List.of()));
  }

  private interface Parser<T> {
    Collection<? extends T> parse(CertificateFactory factory, ByteArrayInputStream in)
        throws GeneralSecurityException;
  }

  private static <T> Collection<? extends T> all(Path file, Parser<T> parser) {
    try {
      Collection<? extends T> found =
          parser.parse(
              CertificateFactory.getInstance("X.509"),
              new ByteArrayInputStream(Files.readAllBytes(file)));
      if (found.isEmpty()) {
        throw new GeneralSecurityException("leeg/empty");
      }
      return found;
    } catch (IOException | GeneralSecurityException e) {
      throw Failure.of(Code.CERTIFICATE, file.getFileName(), String.valueOf(e.getMessage()))
          .causedBy(e);
    }
  }
}
