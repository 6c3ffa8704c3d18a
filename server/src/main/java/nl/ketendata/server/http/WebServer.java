package nl.ketendata.server.http;

import java.io.IOException;
import java.util.List;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The port that clients use.
 *
 * <pre>
 * connections ≤ 1,000; first headers complete in 10 s; headers ≤ 16 KiB
 *   └ SecurityHeaders  on every answer
 *     └ CrossOrigin    tells browsers which other sites may read the feed; none by default
 *      └ Front         head by first path segment, the rest to the root head; not when stopping
 *       └ Visit        on a thread for heads: host, URL (≤ 8 KiB) → sign-in → head → end or cut
 * BadRequests          answers what Jetty refuses before that
 * </pre>
 *
 * {@snippet :
 * try (WebServer server = new WebServer(settings.http(), heads, authenticator, events)) {
 *   server.start();
 *   print(server.port());
 * }
 * }
 */
public final class WebServer implements AutoCloseable {
  private static final int JETTY_THREADS = 32;

  /** What is odd in a path elsewhere is ordinary in a key of OData: {@code Set('a%2Fb')}. */
  private static final UriCompliance PATHS =
      UriCompliance.DEFAULT.with(
          "ketendata",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final HttpSettings settings;
  private final Limits limits;
  private final HeadThreads threads;
  private final Gate gate = new Gate();
  private final Answering shared;
  private final Server server;
  private final ServerConnector connector;

  /**
   * @param heads at most one for each first segment
   * @param authenticator asked for every request
   */
  public WebServer(
      HttpSettings settings, List<Head> heads, Authenticator authenticator, Events events) {
    this(settings, heads, authenticator, events, KeptAnswers.none(), List.of());
  }

  /**
   * @param kept closed with the server
   * @param origins sites whose pages may read the feed in a user's browser
   */
  public WebServer(
      HttpSettings settings,
      List<Head> heads,
      Authenticator authenticator,
      Events events,
      KeptAnswers kept,
      List<String> origins) {
    this(settings, heads, authenticator, events, kept, origins, Limits.STANDARD);
  }

  WebServer(
      HttpSettings settings,
      List<Head> heads,
      Authenticator authenticator,
      Events events,
      KeptAnswers kept,
      List<String> origins,
      Limits limits) {
    this.settings = settings;
    this.limits = limits;
    this.threads = new HeadThreads(limits);
    this.shared = new Answering(kept, new Packers(Runtime.getRuntime().availableProcessors()));
    QueuedThreadPool pool = new QueuedThreadPool(JETTY_THREADS);
    pool.setName("ketendata-http");
    this.server = new Server(pool);
    BaseUrl baseUrl = new BaseUrl(settings.publicUrl(), settings.open());
    Front front = new Front(heads, baseUrl, limits, threads, gate, authenticator, events, shared);
    server.setHandler(new SecurityHeaders(new CrossOrigin(origins, front)));
    server.setErrorHandler(new BadRequests(limits, events));
    server.setStopTimeout(0);
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    this.connector = connector();
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
      threads.close();
      throw Failure.of(Code.PORT_TAKEN, Integer.toString(settings.port())).causedBy(e);
    }
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The web server does not start", e);
    }
  }

  /** The port that it listens on, also when a free one was asked for. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new requests, gives running answers 30 seconds, cuts the rest and stops. */
  @Override
  public void close() {
    try {
      connector.close();
      gate.close(limits.stop());
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The web server does not stop", e);
    } finally {
      threads.close();
      shared.close();
    }
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headers());
    http.setIdleTimeout(limits.stalled().toMillis());
    http.setSendServerVersion(false);
    http.setUriCompliance(PATHS);
    ServerConnector made = new ServerConnector(server, 1, 1);
    made.setConnectionFactories(Protocols.plain(http));
    made.setHost(settings.host());
    made.setPort(settings.port());
    made.setIdleTimeout(limits.idle().toMillis());
    made.addBean(new HeaderDeadline(made.getScheduler(), limits.headersComplete()));
    return made;
  }
}
