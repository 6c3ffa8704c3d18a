package nl.ketendata.server.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.policy.Caller;

/**
 * The least web server that a head can stand on; the name in Basic authentication is the caller.
 */
final class HeadServer implements AutoCloseable {
  static {
    // otherwise each answer waits 40 ms for an acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Map<String, Caller> callers;

  HeadServer(Head head, Map<String, Caller> callers) throws IOException {
    this.callers = callers;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/" + head.segment(), exchange -> serve(head, new Adapter(exchange)));
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/jdbc";
  }

  private static void serve(Head head, Adapter exchange) throws IOException {
    try {
      exchange.caller();
      head.handle(exchange);
    } catch (Failure failure) {
      head.refuse(exchange, failure);
    } catch (RuntimeException fault) {
      head.refuse(exchange, Failure.of(Code.INTERNAL, "kenmerk"));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    ((ExecutorService) server.getExecutor()).shutdownNow();
  }

  private final class Adapter implements Exchange {
    private final HttpExchange exchange;
    private boolean committed;

    Adapter(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public String rawPath() {
      return exchange.getRequestURI().getRawPath();
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public Locale language() {
      return header("Accept-Language").orElse("nl").startsWith("en")
          ? Locale.ENGLISH
          : Failure.DUTCH;
    }

    @Override
    public String baseUrl() {
      return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public Caller caller() {
      return header("Authorization")
          .map(value -> Base64.getDecoder().decode(value.substring("Basic ".length())))
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8).split(":")[0])
          .map(callers::get)
          .orElseThrow(() -> Failure.of(Code.NOT_SIGNED_IN));
    }

    @Override
    public InputStream body() {
      return exchange.getRequestBody();
    }

    @Override
    public boolean committed() {
      return committed;
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers) throws IOException {
      committed = true;
      headers.forEach(exchange.getResponseHeaders()::set);
      if (status == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
      }
      exchange.sendResponseHeaders(status, 0);
      return exchange.getResponseBody();
    }
  }
}
