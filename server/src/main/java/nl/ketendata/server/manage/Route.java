package nl.ketendata.server.manage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;

/** The parts of a path behind the first one, read as text. */
record Route(List<String> parts) {
  Route {
    parts = List.copyOf(parts);
  }

  /**
   * @param most parts that there may be
   * @throws Failure KD502 when there are more
   */
  static Route of(Exchange exchange, int most) {
    String[] raw = exchange.rawPath().substring(1).split("/", -1);
    List<String> parts = new ArrayList<>();
    for (int i = 1; i < raw.length; i++) {
      boolean slashAtTheEnd = i == raw.length - 1 && raw[i].isEmpty();
      if (!slashAtTheEnd) {
        parts.add(decoded(exchange, raw[i]));
      }
    }
    if (parts.size() > most || parts.contains("")) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
    return new Route(parts);
  }

  private static String decoded(Exchange exchange, String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath()).causedBy(e);
    }
  }

  int size() {
    return parts.size();
  }

  String part(int index) {
    return parts.get(index);
  }
}
