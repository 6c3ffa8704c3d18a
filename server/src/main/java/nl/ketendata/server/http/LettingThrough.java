package nl.ketendata.server.http;

import java.net.Socket;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that asks clients for a certificate of the authorities and has them prove that they hold its
 * key. Whether the certificate is right is asked at the sign-in of every request: there the client
 * can be told why not, and one that is revoked loses its open connections.
 */
final class LettingThrough extends SslContextFactory.Server {
  @Override
  protected TrustManager[] getTrustManagers(KeyStore authorities, Collection<? extends CRL> lists)
      throws KeyStoreException {
    List<X509Certificate> issuers = new ArrayList<>();
    if (authorities != null) {
      for (String alias : Collections.list(authorities.aliases())) {
        issuers.add((X509Certificate) authorities.getCertificate(alias));
      }
    }
    return new TrustManager[] {new Anybody(issuers)};
  }

  /** Tells clients whose certificates are wanted; never used to trust a server. */
  private static final class Anybody extends X509ExtendedTrustManager {
    private final List<X509Certificate> issuers;

    Anybody(List<X509Certificate> issuers) {
      this.issuers = List.copyOf(issuers);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return issuers.toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
      throw new UnsupportedOperationException("This is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
      throw new UnsupportedOperationException("This is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
      throw new UnsupportedOperationException("This is no client");
    }
  }
}
