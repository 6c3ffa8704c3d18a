package nl.ketendata.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
   * @param clientAuthorities {@code tls.client-ca}: certificates in PEM; only clients with a
   *     certificate of one of these come in, and then sign in as usual; without it none are asked
   *     for
   */
  public record Tls(
      Path certificate,
      Optional<Path> key,
      Optional<Path> passwordFile,
      Optional<Path> clientAuthorities) {}
}
