package nl.ketendata.server.http;

import java.security.KeyStore;
import java.util.Optional;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.settings.TransportSettings.Tls;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS by the guidelines of NCSC-NL (2.1): version 1.3, and 1.2 only with forward secrecy and
 * authenticated encryption; no renegotiation. Certificates are read again when their files change;
 * new ones that cannot be used leave the old ones in place.
 */
final class SecureTransport {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  };

  private final Certificates certificates;
  private final Events events;
  private final boolean required;
  private final SslContextFactory.Server factory;
  private String stamp;

  /**
   * @throws Failure KD705 when the certificates cannot be used
   */
  SecureTransport(Tls settings, Events events) {
    this(settings, events, false);
  }

  /**
   * @param checkedLater whether who shows a certificate is let through here, because its check is
   *     made at the sign-in of every request
   * @throws Failure KD705 when the certificates cannot be used
   */
  SecureTransport(Tls settings, Events events, boolean checkedLater) {
    this.required = settings.clients().required();
    this.factory = checkedLater ? new LettingThrough() : new SslContextFactory.Server();
    this.certificates = new Certificates(settings);
    this.events = events;
    this.stamp = certificates.stamp();
    factory.setIncludeProtocols(PROTOCOLS);
    factory.setExcludeProtocols();
    factory.setExcludeCipherSuites();
    factory.setIncludeCipherSuites(SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
    factory.setSniRequired(false);
    use(factory, certificates.keyStore(), certificates.authorities());
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  private void use(SslContextFactory.Server factory, KeyStore own, Optional<KeyStore> authorities) {
    factory.setKeyStore(own);
    factory.setKeyStorePassword(Certificates.PASSWORD);
    factory.setTrustStore(authorities.orElse(null));
    factory.setNeedClientAuth(authorities.isPresent() && required);
    factory.setWantClientAuth(authorities.isPresent() && !required);
  }

  /** Takes new certificates into use when the files have changed. */
  void refresh() {
    String now = certificates.stamp();
    if (now.equals(stamp)) {
      return;
    }
    try {
      KeyStore own = certificates.keyStore();
      Optional<KeyStore> authorities = certificates.authorities();
      factory.reload(same -> use((SslContextFactory.Server) same, own, authorities));
      stamp = now;
    } catch (Exception e) {
      stamp = now;
      events.emit(new Event.FaultFound("", "tls", e));
    }
  }
}
