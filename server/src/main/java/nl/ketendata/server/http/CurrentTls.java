package nl.ketendata.server.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The web server's TLS for another listener: each connection gets what holds at that moment, so
 * that new certificates are taken into use there as well.
 */
final class CurrentTls extends SSLContext {
  CurrentTls(SslContextFactory.Server factory) {
    this(factory, factory.getSslContext());
  }

  private CurrentTls(SslContextFactory.Server factory, SSLContext first) {
    super(new Spi(factory), first.getProvider(), first.getProtocol());
  }

  /** Makes what Jetty's factory makes. */
  private static final class Spi extends SSLContextSpi {
    private final SslContextFactory.Server factory;

    Spi(SslContextFactory.Server factory) {
      this.factory = factory;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return factory.newSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return factory.newSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return factory.getSslContext().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return factory.getSslContext().getClientSessionContext();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return factory.getSslContext().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return factory.getSslContext().getServerSocketFactory();
    }

    /** It is made by its factory. */
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("already initialized");
    }
  }
}
