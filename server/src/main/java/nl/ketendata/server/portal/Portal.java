package nl.ketendata.server.portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.PageLanguage;
import nl.ketendata.server.http.PlainRefusal;
import nl.ketendata.server.query.Door;

/**
 * The head at the root: the first page, its style and script, and connection files at {@code
 * /aansluiten/GM9030-ijw.pbids}. Everything that no other head serves comes here and is not found.
 */
public final class Portal implements Head {
  private static final Pattern CONNECTION =
      Pattern.compile("/aansluiten/([A-Za-z0-9-]{1,64})-(ijw|iwmo)\\.pbids");

  /** The page that tells the SQL of this server. */
  static final String SQL_LANGUAGE = "/sql-taal";

  private static final Set<String> LOOKS = Set.of("/portal.css", "/portal.js", "/favicon.ico");
  private static final String METHODS = "GET, HEAD";

  private final Door door;
  private final boolean demo;
  private final IntSupplier flightPort;
  private final Supplier<List<String>> firsts;

  /**
   * @param demo whether every page says that its data is invented
   * @param flightPort where Flight SQL is, once it is there
   * @param firsts the words with which the paths of the other heads begin
   */
  public Portal(Door door, boolean demo, IntSupplier flightPort, Supplier<List<String>> firsts) {
    this.door = door;
    this.demo = demo;
    this.flightPort = flightPort;
    this.firsts = firsts;
  }

  @Override
  public String segment() {
    return "";
  }

  /** The looks of the pages are nobody's data, and the pages before sign-in have them too. */
  @Override
  public boolean needsSignIn(String rawPath) {
    return !LOOKS.contains(rawPath);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      throw Failure.of(Code.METHOD, exchange.method(), METHODS);
    }
    switch (exchange.rawPath()) {
      case "/" -> first(exchange);
      case SQL_LANGUAGE ->
          page(exchange, 200, new Page(PageLanguage.of(exchange), demo).sqlLanguage(), Map.of());
      case "/portal.css" -> file(exchange, "portal.css", "text/css; charset=utf-8");
      case "/portal.js" -> file(exchange, "portal.js", "text/javascript; charset=utf-8");
      case "/favicon.ico" -> file(exchange, "favicon.svg", "image/svg+xml");
      default -> connectionFile(exchange);
    }
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    Map<String, String> more = failure.code() == Code.METHOD ? Map.of("Allow", METHODS) : Map.of();
    if (!exchange.header("Accept").orElse("").contains("text/html")) {
      PlainRefusal.write(exchange, failure, more);
      return;
    }
    String page = new Page(PageLanguage.of(exchange), demo).failure(failure);
    page(exchange, failure.code().httpStatus(), page, more);
  }

  private void first(Exchange exchange) throws IOException {
    page(
        exchange,
        200,
        new Page(PageLanguage.of(exchange), demo).first(door, exchange, flightPort.getAsInt()),
        Map.of());
  }

  private void connectionFile(Exchange exchange) throws IOException {
    Matcher matcher = CONNECTION.matcher(exchange.rawPath());
    if (!matcher.matches()) {
      throw unknown(exchange.rawPath());
    }
    String organisation = exchange.caller().organisation(matcher.group(1)).id();
    Product product = Product.of(matcher.group(2)).orElseThrow();
    String name = organisation + "-" + product.id() + ".pbids";
    exchange.respond(
        200,
        Map.of(
            "Content-Type", "application/json; charset=utf-8",
            "Content-Disposition", "attachment; filename=\"" + name + "\"",
            "Cache-Control", "private, no-store"),
        ConnectionFile.of(new Addresses(exchange.baseUrl(), organisation, product)));
  }

  /** Names the path as it would be when its first word is almost one that there is. */
  private Failure unknown(String path) {
    Failure failure = Failure.of(Code.UNKNOWN_RESOURCE, path);
    int end = path.indexOf('/', 1);
    String first = path.substring(1, end < 0 ? path.length() : end);
    List<String> known =
        Stream.concat(firsts.get().stream(), Stream.of(SQL_LANGUAGE.substring(1), "aansluiten"))
            .filter(word -> !word.isEmpty() && !word.equals(first))
            .toList();
    return Nearest.to(first, known)
        .map(word -> "/" + word + (end < 0 ? "" : path.substring(end)))
        .map(failure::meaning)
        .orElse(failure);
  }

  private static void page(Exchange exchange, int status, String page, Map<String, String> more)
      throws IOException {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", "text/html; charset=utf-8");
    headers.put("Content-Language", PageLanguage.of(exchange).locale().getLanguage());
    headers.put("Cache-Control", "private, no-store");
    exchange.respond(status, headers, page.getBytes(StandardCharsets.UTF_8));
  }

  private static void file(Exchange exchange, String name, String type) throws IOException {
    try (InputStream in = Portal.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      Map<String, String> headers =
          Map.of("Content-Type", type, "Cache-Control", "private, max-age=3600");
      exchange.respond(200, headers, in.readAllBytes());
    }
  }
}
