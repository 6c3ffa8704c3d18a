package nl.ketendata.server.odata;

import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;

/** What is refused before anything is read. */
final class Guard {
  static final String ALLOWED = "GET, HEAD, OPTIONS";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int URL = 8 * 1024;

  private Guard() {}

  static void check(Exchange exchange) {
    if (!READING.contains(exchange.method())) {
      throw exchange.rawPath().endsWith("/$batch") && exchange.method().equals("POST")
          ? Failure.of(Code.NOT_BUILT, "$batch")
          : Failure.of(Code.METHOD, exchange.method(), ALLOWED);
    }
    int length = exchange.rawPath().length() + exchange.rawQuery().map(String::length).orElse(0);
    if (length > URL) {
      throw Failure.of(Code.TOO_LARGE, "URL", String.valueOf(length), String.valueOf(URL));
    }
    exchange.header("OData-MaxVersion").ifPresent(Guard::checkVersion);
  }

  // 4.0 is the only version spoken; who accepts a later one accepts it too.
  private static void checkVersion(String version) {
    if (!version.strip().matches("([4-9]|[1-9][0-9])(\\.[0-9]{1,2})?")) {
      throw Failure.of(Code.PROTOCOL_VERSION, version, "4.0");
    }
  }
}
