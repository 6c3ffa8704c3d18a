package nl.ketendata.server.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.query.Door;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the stock Avatica JDBC driver below {@code /jdbc}: SQL, read-only, with the names and
 * descriptions of all tables.
 *
 * <p>Connections live between requests. Each belongs to the caller who opened it, is closed when
 * nobody used it for half an hour, and takes its rows with it.
 *
 * <p>
 *
 * {@snippet :
 * Head jdbc = new JdbcHead(door, Catalogue.read(), "0.1.0", Clock.systemUTC());
 * // jdbc:avatica:remote:url=http://localhost:8080/jdbc;serialization=protobuf
 * }
 */
public final class JdbcHead implements Head, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcHead.class);
  private static final String TEXT = "text/plain;charset=utf-8";
  private static final int LARGEST_REQUEST = 1 << 20;
  private static final long SWEEP_SECONDS = 30;

  private final Door door;
  private final Catalogue catalogue;
  private final String version;
  private final RandomGenerator random;
  private final Sessions sessions;
  private final ScheduledExecutorService sweeper;

  /**
   * @param version of this server, told to clients
   */
  public JdbcHead(Door door, Catalogue catalogue, String version, Clock clock) {
    this(door, catalogue, version, clock, Limits.STANDARD);
  }

  JdbcHead(Door door, Catalogue catalogue, String version, Clock clock, Limits limits) {
    this.door = door;
    this.catalogue = catalogue;
    this.version = version;
    this.random = new SecureRandom();
    this.sessions = new Sessions(limits, clock, random);
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ketendata-jdbc-1");
              thread.setDaemon(true);
              return thread;
            });
    sweeper.scheduleWithFixedDelay(this::closeIdle, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public String segment() {
    return "jdbc";
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    switch (exchange.method()) {
      case "POST" -> answer(exchange);
      case "GET", "HEAD" -> explain(exchange);
      default -> throw Failure.of(Code.METHOD, exchange.method(), "GET, POST");
    }
  }

  private void answer(Exchange exchange) throws IOException {
    byte[] body = body(exchange);
    Wire wire = Wire.of(exchange.header("Content-Type"), body);
    CallerService service =
        new CallerService(exchange.caller(), door, catalogue, sessions, version);
    Wire.Reply reply =
        wire.answer(body, service, e -> refusal(e, service.reached(), exchange.language()));
    exchange.respond(reply.status(), headers(wire.contentType()), reply.body());
  }

  /** The request's bytes; a JSON request may come in a header instead, says Avatica's protocol. */
  private static byte[] body(Exchange exchange) throws IOException {
    byte[] body = exchange.body().readNBytes(LARGEST_REQUEST + 1);
    if (body.length > LARGEST_REQUEST) {
      throw Failure.of(Code.TOO_LARGE, "POST", "> 1 MiB", "1 MiB");
    }
    return body.length > 0
        ? body
        : exchange.header("request").orElse("").getBytes(StandardCharsets.UTF_8);
  }

  private ErrorResponse refusal(Exception e, boolean reached, Locale language) {
    return Refusal.of(failure(e, reached), language);
  }

  private Failure failure(Exception e, boolean reached) {
    if (e instanceof Failure failure) {
      return failure;
    }
    if (!reached) {
      return Failure.of(Code.BAD_REQUEST, "Avatica").causedBy(e);
    }
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    String reference = HexFormat.of().formatHex(bytes);
    LOG.error("jdbc fault, reference {}", reference, e);
    return Failure.of(Code.INTERNAL, reference).causedBy(e);
  }

  /**
   * Renders a failure for which there is no request to answer. Never with status 503: the stock
   * driver would send the request again, at once and for ever.
   */
  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    if (!exchange.method().equals("POST")) {
      String text = failure.code().id() + " " + failure.message(exchange.language()) + "\n";
      exchange.respond(failure.code().httpStatus(), signIn(failure, TEXT), utf8(text));
      return;
    }
    Wire wire = Wire.of(exchange.header("Content-Type"), new byte[0]);
    int status = failure.code() == Code.NOT_SIGNED_IN ? 401 : 500;
    byte[] body = wire.write(Refusal.of(failure, exchange.language()));
    exchange.respond(status, signIn(failure, wire.contentType()), body);
  }

  private static Map<String, String> signIn(Failure failure, String contentType) {
    Map<String, String> headers = headers(contentType);
    if (failure.code() == Code.NOT_SIGNED_IN) {
      headers.put("WWW-Authenticate", "Basic realm=\"Ketendata\", charset=\"UTF-8\"");
    }
    return headers;
  }

  private static void explain(Exchange exchange) throws IOException {
    String text =
        exchange.language().getLanguage().equals("en")
            ? """
              This is the JDBC address of Ketendata Server, for the Avatica driver
              (org.apache.calcite.avatica:avatica). Connect with:

              %s
              """
            : """
              Dit is het JDBC-adres van Ketendata Server, voor het Avatica-stuurprogramma
              (org.apache.calcite.avatica:avatica). Verbind met:

              %s
              """;
    String url =
        "jdbc:avatica:remote:url="
            + exchange.baseUrl()
            + "/jdbc;serialization=protobuf;authentication=BASIC"
            + ";avatica_user=…;avatica_password=…";
    exchange.respond(200, headers(TEXT), utf8(text.formatted(url)));
  }

  private static Map<String, String> headers(String contentType) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", "no-store");
    return headers;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gives back what nobody used for too long; must not fail, or it is never done again. */
  void closeIdle() {
    try {
      sessions.closeIdle();
    } catch (RuntimeException e) {
      LOG.error("jdbc idle connections", e);
    }
  }

  int connections() {
    return sessions.size();
  }

  /** Closes all connections with their rows. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    sessions.close();
  }
}
