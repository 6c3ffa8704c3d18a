package nl.ketendata.server.http;

import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import nl.ketendata.server.settings.TransportSettings.Tls;

/** The certificate that the server would show. */
public final class ServerCertificate {
  private ServerCertificate() {}

  /**
   * Until when it is valid.
   *
   * @throws nl.ketendata.server.failure.Failure KD705 when it cannot be used
   */
  public static Instant validUntil(Tls settings) {
    try {
      X509Certificate own =
          (X509Certificate) new Certificates(settings).keyStore().getCertificate("server");
      return own.getNotAfter().toInstant();
    } catch (KeyStoreException e) {
      throw new IllegalStateException("A key store that was made can be read", e);
    }
  }
}
