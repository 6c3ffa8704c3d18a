package nl.ketendata.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The web server without a port: the whole way of a request, for questions that the process asks
 * itself. Nobody else can reach it.
 */
public final class InnerWeb implements AutoCloseable {
  private static final int THREADS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Limits limits;
  private final HeadThreads threads;
  private final Answering shared;
  private final Server server;
  private final LocalConnector connector;

  /**
   * @param head that is asked
   * @param caller on whose behalf
   */
  public InnerWeb(Head head, Caller caller) {
    limits = Limits.of(Outside.LOCAL.transport().connections());
    threads = new HeadThreads(limits);
    shared =
        new Answering(
            KeptAnswers.none(),
            new Packers(1, () -> false),
            new Pace(limits.patience().grace(), limits.patience().rate()),
            new Departures());
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 1);
    pool.setName("ketendata-inner");
    pool.setDaemon(true);
    server = new Server(pool);
    server.setHandler(
        new SecurityHeaders(
            new Front(
                List.of(head),
                new BaseUrl(Optional.empty(), true),
                new Proxies(List.of()),
                limits,
                threads,
                new Gate(),
                (authorization, address) -> new SignIn.Accepted(caller),
                Events.silent(),
                shared,
                Outside.LOCAL)));
    connector = new LocalConnector(server);
    server.addConnector(connector);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The inner web server does not start", e);
    }
  }

  /**
   * The answer to a question.
   *
   * @param address path and query, encoded
   * @param coding that the body may be packed in
   * @return status line, headers and body, as bytes one to one
   */
  public String get(String address, String coding) {
    String request =
        String.join(
            "\r\n",
            "GET " + address + " HTTP/1.1",
            "Host: localhost",
            "Accept: application/json",
            "Accept-Encoding: " + coding,
            "Connection: close",
            "",
            "");
    try {
      ByteBuffer answer =
          connector.getResponse(
              ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)),
              PATIENCE.toMillis(),
              TimeUnit.MILLISECONDS);
      return answer == null ? "" : StandardCharsets.ISO_8859_1.decode(answer).toString();
    } catch (Exception e) {
      throw new IllegalStateException("The inner web server does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The inner web server does not stop", e);
    } finally {
      threads.close();
      shared.close();
    }
  }
}
