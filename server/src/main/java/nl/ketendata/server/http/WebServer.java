package nl.ketendata.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.share.Workplaces;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The port that clients use.
 *
 * <pre>
 * connections ≤ 1,000, of one address ≤ 100; headers complete in 10 s, ≤ 16 KiB; TLS 1.2 and 1.3
 *   └ SecurityHeaders  on every answer
 *     └ CrossOrigin    tells browsers which other sites may read the feed; none by default
 *      └ Front         head by first path segment, the rest to the root head; not when stopping
 *       └ Visit        on a thread for heads: host, URL (≤ 8 KiB) → sign-in → place to work → head
 *                      → end or cut
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
  private final Proxies proxies;
  private final Optional<SecureTransport> tls;
  private final Watch watch;

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
    this(settings, heads, authenticator, events, kept, origins, Outside.LOCAL);
  }

  /**
   * @param kept closed with the server
   * @param origins of pages that may read the feed
   * @param outside what stands between clients and us
   */
  public WebServer(
      HttpSettings settings,
      List<Head> heads,
      Authenticator authenticator,
      Events events,
      KeptAnswers kept,
      List<String> origins,
      Outside outside) {
    this(
        settings,
        heads,
        authenticator,
        events,
        kept,
        origins,
        outside,
        Limits.of(outside.transport().connections()));
  }

  WebServer(
      HttpSettings settings,
      List<Head> heads,
      Authenticator authenticator,
      Events events,
      KeptAnswers kept,
      List<String> origins,
      Outside outside,
      Limits limits) {
    this.settings = settings;
    this.limits = limits;
    this.threads = new HeadThreads(limits);
    this.shared =
        new Answering(
            kept,
            new Packers(
                Runtime.getRuntime().availableProcessors(),
                () -> outside.workplaces().map(Workplaces::crowded).orElse(false)),
            new Pace(limits.patience().grace(), limits.patience().rate()),
            new Departures());
    this.proxies = new Proxies(outside.transport().trustedProxies());
    this.tls =
        outside
            .transport()
            .tls()
            .map(files -> new SecureTransport(files, events, authenticator.checksCertificates()));
    QueuedThreadPool pool = new QueuedThreadPool(JETTY_THREADS);
    pool.setName("ketendata-http");
    this.server = new Server(pool);
    BaseUrl baseUrl = new BaseUrl(settings.publicUrl(), settings.open());
    Front front =
        new Front(
            heads, baseUrl, proxies, limits, threads, gate, authenticator, events, shared, outside);
    server.setHandler(
        new SecurityHeaders(
            new SecurityText(
                outside.transport().securityContact(),
                outside.clock(),
                new CrossOrigin(origins, front))));
    server.setErrorHandler(new BadRequests(limits, events));
    server.setStopTimeout(0);
    this.connector = connector();
    server.addConnector(connector);
    Connections connections = new Connections(connector.getScheduler(), limits, proxies::trusts);
    connector.addBean(connections);
    this.watch = new Watch(events);
    watch.every(Duration.ofMillis(250), shared.departures()::sweep);
    watch.every(limits.patience().grace().dividedBy(10), shared.pace()::sweep);
    watch.every(connections.rhythm(), connections::sweep);
    tls.ifPresent(files -> watch.every(Duration.ofSeconds(5), files::refresh));
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
      watch.close();
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
      watch.close();
      threads.close();
      shared.close();
    }
  }

  /** TLS as it holds at each moment, for another listener with the same certificates. */
  public Optional<SSLContext> tls() {
    return tls.map(files -> new CurrentTls(files.factory()));
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headers());
    http.setIdleTimeout(limits.patience().stalled().toMillis());
    http.setSendServerVersion(false);
    http.setUriCompliance(PATHS);
    ServerConnector made = new ServerConnector(server, 1, 1);
    tls.ifPresent(files -> http.addCustomizer(new SecureRequestCustomizer(false)));
    made.setConnectionFactories(
        tls.map(files -> Protocols.secure(http, files.factory()))
            .orElseGet(() -> Protocols.plain(http)));
    made.setHost(settings.host());
    made.setPort(settings.port());
    made.setIdleTimeout(limits.patience().idle().toMillis());
    return made;
  }
}
