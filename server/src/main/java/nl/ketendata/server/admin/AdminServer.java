package nl.ketendata.server.admin;

import java.io.IOException;
import java.util.function.Supplier;
import nl.ketendata.server.event.Metrics;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.settings.HttpSettings;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Health and metrics on a port of their own, with threads of their own, so that a busy server still
 * answers here.
 */
public final class AdminServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int HEADER_BYTES = 4 * 1024;
  private static final long IDLE_MILLIS = 10_000;

  private final HttpSettings settings;
  private final Server server;
  private final ServerConnector connector;

  /**
   * @param settings of which it uses the admin host and port
   * @param health how the server is doing
   */
  public AdminServer(HttpSettings settings, Supplier<Health> health, Metrics metrics) {
    this.settings = settings;
    QueuedThreadPool pool = new QueuedThreadPool(THREADS);
    pool.setName("ketendata-admin");
    this.server = new Server(pool);
    server.setStopTimeout(0);
    server.setHandler(new AdminPages(health, metrics));
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.adminHost());
    connector.setPort(settings.adminPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
  }

  /**
   * Begins to answer.
   *
   * @throws Failure KD703 when the port cannot be had
   */
  public void start() {
    try {
      connector.open();
    } catch (IOException e) {
      throw Failure.of(Code.PORT_TAKEN, Integer.toString(settings.adminPort())).causedBy(e);
    }
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The admin port does not start", e);
    }
  }

  /** The port that it listens on, also when a free one was asked for. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The admin port does not stop", e);
    }
  }
}
