package nl.ketendata.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How what clients send and get is protected on its way.
 *
 * @param tls {@code [tls]}: without it the server speaks plain HTTP
 * @param plainHttp {@code plain-http}: plain HTTP also beyond this computer, when a proxy or a
 *     container's network takes care of TLS; false
 * @param trustedProxies {@code trusted-proxies}: from whom headers that say for whom a proxy asks
 *     are believed; none
 * @param securityContact {@code security-contact}: where to report a weakness, shown in {@code
 *     /.well-known/security.txt}; without it there is no such file
 * @param connections how many may be open at once
 */
public record TransportSettings(
    Optional<Tls> tls,
    boolean plainHttp,
    List<Subnet> trustedProxies,
    Optional<URI> securityContact,
    ConnectionSettings connections) {

  /** Plain HTTP, straight to the client. */
  public static final TransportSettings PLAIN =
      new TransportSettings(
          Optional.empty(), false, List.of(), Optional.empty(), ConnectionSettings.DEFAULT);

  public TransportSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Where certificates are; the files are read again when they change.
   *
   * @param certificate {@code tls.certificate}: the chain in PEM, own certificate first, or a
   *     PKCS#12 file ({@code .p12}, {@code .pfx}) with chain and key
   * @param key {@code tls.key}: the private key in PEM (PKCS#8), beside a chain in PEM
   * @param passwordFile {@code tls.password-file}: file with the password of a PKCS#12 file
   * @param clientAuthorities {@code tls.client-ca}: certificates in PEM; clients are asked for a
   *     certificate of one of these; without it none are asked for
   * @param clients what comes of the certificates of clients
   */
  public record Tls(
      Path certificate,
      Optional<Path> key,
      Optional<Path> passwordFile,
      Optional<Path> clientAuthorities,
      Clients clients) {

    /** Whoever shows a certificate must still sign in, and whoever does not stays out. */
    public Tls(
        Path certificate,
        Optional<Path> key,
        Optional<Path> passwordFile,
        Optional<Path> clientAuthorities) {
      this(certificate, key, passwordFile, clientAuthorities, Clients.ADMITTED);
    }
  }

  /**
   * What comes of the certificates of clients.
   *
   * @param revocations {@code tls.client-crl}: file with the lists of revoked certificates of all
   *     issuers below the authorities, PEM or DER; read again when it changes; without it none are
   *     known
   * @param required {@code tls.client-required}: whether who shows no certificate stays out; true
   * @param memberships {@code [tls.map]}: {@code oin:…}, {@code sha256:…} or {@code dn:…} to
   *     organisation and role, {@code "GM9030 leverancier"}; who is in it needs no other sign-in
   */
  public record Clients(
      Optional<Path> revocations, boolean required, Map<String, String> memberships) {
    static final Clients ADMITTED = new Clients(Optional.empty(), true, Map.of());

    public Clients {
      // In order, so that equal settings read alike.
      memberships = Collections.unmodifiableMap(new TreeMap<>(memberships));
    }
  }
}
