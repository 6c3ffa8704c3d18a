package nl.ketendata.server.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
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
  private final Sessions sessions;

  /**
   * In which form to tell of a fault of ours; weak, since a client that is gone is told nothing.
   */
  private final Map<Exchange, Wire> faulty = Collections.synchronizedMap(new WeakHashMap<>());

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
    this.sessions = new Sessions(limits, clock, new SecureRandom());
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
  public boolean servesOneTime(String rawPath) {
    return true;
  }

  @Override
  public Optional<String> payer(Exchange exchange) {
    return Optional.of(exchange.caller().payer());
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
    Wire.Reply reply;
    try {
      reply = wire.answer(body, service, e -> refusal(e, service.reached(), exchange.language()));
    } catch (RuntimeException | Error fault) {
      faulty.put(exchange, wire);
      throw fault;
    }
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

  /** What is no failure of the caller's is a fault of ours, which goes up to be noted. */
  private static ErrorResponse refusal(Exception e, boolean reached, Locale language) {
    if (e instanceof Failure failure && failure.code().kind() != Kind.INTERNAL) {
      return Refusal.of(failure, language);
    }
    if (!reached) {
      return Refusal.of(Failure.of(Code.BAD_REQUEST, "Avatica"), language);
    }
    throw e instanceof RuntimeException fault ? fault : new IllegalStateException(e);
  }

  /**
   * Renders a failure for which no answer was begun. A program gets status 500, or 401 when it has
   * not said who it is, which makes the stock driver say so: that driver reads a message from no
   * other status than 500, and at 503 sends its request again, at once and for ever.
   */
  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    if (!exchange.method().equals("POST")) {
      String text = failure.code().id() + " " + failure.message(exchange.language()) + "\n";
      exchange.respond(failure.code().httpStatus(), headers(TEXT), utf8(text));
      return;
    }
    Wire wire =
        Optional.ofNullable(faulty.remove(exchange))
            .orElseGet(() -> Wire.of(exchange.header("Content-Type"), new byte[0]));
    boolean silent = exchange.header("Authorization").isEmpty();
    int status = failure.code() == Code.NOT_SIGNED_IN && silent ? 401 : 500;
    byte[] body = wire.write(Refusal.of(failure, exchange.language()));
    exchange.respond(status, headers(wire.contentType()), body);
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
