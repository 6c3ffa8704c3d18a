package nl.ketendata.server.odata;

import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.uri.Excerpt;
import nl.ketendata.server.odata.uri.QueryOptions;

/** What is refused before anything is read. */
final class Guard {
  static final String BATCH = "$batch";

  private static final String ALLOWED = "GET, HEAD, OPTIONS";

  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** Those that HTTP has, and OData had before PATCH: they are known, and not allowed here. */
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "MERGE");

  private static final String MAX_VERSION = "OData-MaxVersion";
  private static final String SCHEMA = "$schemaversion";
  private static final int URL = 8 * 1024;

  /** Room for a page token. */
  private static final int TOKEN = 256;

  private Guard() {}

  /** Whether a request holds others. */
  static boolean isBatch(Exchange exchange) {
    return exchange.method().equals("POST") && exchange.rawPath().endsWith("/" + BATCH);
  }

  /** The methods that a path knows. */
  static String allowed(Exchange exchange) {
    String path = exchange.rawPath();
    return path.endsWith("/" + BATCH) || path.endsWith("/$query") ? "POST, OPTIONS" : ALLOWED;
  }

  /**
   * @throws Failure KD416 for a method that nobody knows, KD504 for one that is not for this path,
   *     KD508 for a version of the protocol
   */
  static void check(Exchange exchange) {
    if (!KNOWN.contains(exchange.method())) {
      throw Failure.of(Code.UNKNOWN_METHOD, Excerpt.of(exchange.method()), allowed(exchange))
          .about("method");
    }
    boolean posted = !allowed(exchange).equals(ALLOWED);
    if (!READING.contains(exchange.method()) || posted) {
      throw Failure.of(Code.METHOD, exchange.method(), allowed(exchange)).about("method");
    }
    checkVersion(exchange);
  }

  /** Not for options in a body, which have a limit of their own. */
  static void checkLength(Exchange exchange) {
    int length = exchange.rawPath().length() + exchange.rawQuery().map(String::length).orElse(0);
    if (length > URL) {
      throw Failure.of(Code.TOO_LARGE, "URL", String.valueOf(length), String.valueOf(URL));
    }
  }

  /** Whether a link with these options would be too long. */
  static boolean tooLong(String path, String query) {
    return path.length() + query.length() > URL - TOKEN;
  }

  /**
   * The model has no versions beside the present one, which is what {@code *} asks for.
   *
   * @throws Failure KD502 for any other
   */
  static void checkSchema(QueryOptions options) {
    options
        .get(SCHEMA)
        .filter(version -> !version.equals("*"))
        .ifPresent(
            version -> {
              throw Failure.of(Code.UNKNOWN_RESOURCE, SCHEMA + "=" + Excerpt.of(version));
            });
  }

  // 4.0 is the only version answered with; who accepts a later one accepts it too. A request in
  // another version than ours must not be read as if it were ours (Protocol, 8.1.5).
  static void checkVersion(Exchange exchange) {
    checkVersion(exchange, MAX_VERSION, "0*([4-9]|[1-9][0-9]{1,8})(\\.[0-9]{1,16})?");
    checkVersion(exchange, Reply.VERSION, "4(\\.0|\\.01)?");
  }

  private static void checkVersion(Exchange exchange, String header, String allowed) {
    String version = exchange.header(header).map(String::strip).orElse("4.0");
    if (!version.matches(allowed)) {
      throw Failure.of(Code.PROTOCOL_VERSION, Excerpt.of(version), "4.0").about(header);
    }
  }
}
