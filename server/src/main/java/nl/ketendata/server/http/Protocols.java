package nl.ketendata.server.http;

import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What is spoken on a connection. */
final class Protocols {
  /** Requests at once on one connection of HTTP/2; each takes a thread. */
  private static final int STREAMS = 64;

  private Protocols() {}

  /** HTTP/1.1, and HTTP/2 for who begins with it or asks to go over to it. */
  static List<ConnectionFactory> plain(HttpConfiguration http) {
    return List.of(new HttpConnectionFactory(http), bounded(new GoOver(http)));
  }

  /**
   * The same inside TLS, where the client says during the handshake what it speaks; for a secure
   * connector, in this order.
   *
   * @param http must have a {@code SecureRequestCustomizer}
   */
  static List<ConnectionFactory> secure(HttpConfiguration http, SslContextFactory.Server tls) {
    ALPNServerConnectionFactory negotiation = new ALPNServerConnectionFactory();
    HttpConnectionFactory first = new HttpConnectionFactory(http);
    negotiation.setDefaultProtocol(first.getProtocol());
    return List.of(
        new SslConnectionFactory(tls, negotiation.getProtocol()),
        negotiation,
        bounded(new HTTP2ServerConnectionFactory(http)),
        first);
  }

  private static ConnectionFactory bounded(AbstractHTTP2ServerConnectionFactory factory) {
    factory.setMaxConcurrentStreams(STREAMS);
    return factory;
  }
}
