package nl.ketendata.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.settings.Subnet;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * The proxies that are believed when they say for whom they ask: by {@code Forwarded} (RFC 7239),
 * or else by {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}. From anybody else these
 * headers are as if they were not there.
 */
final class Proxies {
  private static final Pattern PAIR =
      Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"]*)\"|([^;,\"\\s]*))\\s*");
  private static final Pattern ADDRESS =
      Pattern.compile("\\[?([0-9A-Fa-f:.]+?)\\]?(?::[0-9]{1,5})?");

  private final List<Subnet> trusted;

  Proxies(List<Subnet> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * For whom a request was made.
   *
   * @param address of the client
   * @param scheme that the client used
   * @param host that the client asked for
   */
  record Client(String address, Optional<String> scheme, Optional<String> host) {}

  boolean trusts(String address) {
    return trusted.stream().anyMatch(subnet -> subnet.holds(address));
  }

  Client of(Request request) {
    String peer = Request.getRemoteAddr(request);
    if (trusted.isEmpty() || !trusts(peer)) {
      return new Client(peer, Optional.empty(), Optional.empty());
    }
    HttpFields headers = request.getHeaders();
    return headers.contains("Forwarded")
        ? forwarded(peer, headers)
        : new Client(
            farthest(peer, list(headers, "X-Forwarded-For")),
            last(list(headers, "X-Forwarded-Proto")).filter(Proxies::isScheme),
            last(list(headers, "X-Forwarded-Host")));
  }

  private Client forwarded(String peer, HttpFields headers) {
    List<String> hops = new ArrayList<>();
    Optional<String> scheme = Optional.empty();
    Optional<String> host = Optional.empty();
    for (String hop : list(headers, "Forwarded")) {
      for (String part : hop.split(";")) {
        Matcher pair = PAIR.matcher(part);
        if (!pair.matches()) {
          continue;
        }
        String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
        switch (pair.group(1).toLowerCase(Locale.ROOT)) {
          case "for" -> hops.add(value);
          case "proto" -> scheme = Optional.of(value).filter(Proxies::isScheme);
          case "host" -> host = Optional.of(value);
          default -> {}
        }
      }
    }
    return new Client(farthest(peer, hops), scheme, host);
  }

  /** Backwards from us until somebody whom we do not trust: what stands before is hearsay. */
  private String farthest(String peer, List<String> hops) {
    String found = peer;
    List<String> backwards = new ArrayList<>(hops);
    Collections.reverse(backwards);
    for (String hop : backwards) {
      Matcher address = ADDRESS.matcher(hop.strip());
      if (!address.matches()) {
        return found;
      }
      found = address.group(1);
      if (!trusts(found)) {
        return found;
      }
    }
    return found;
  }

  private static List<String> list(HttpFields headers, String name) {
    List<String> all = new ArrayList<>();
    for (String line : headers.getValuesList(name)) {
      for (String item : line.split(",")) {
        all.add(item.strip());
      }
    }
    return all;
  }

  private static Optional<String> last(List<String> items) {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
  }

  private static boolean isScheme(String text) {
    return text.equals("http") || text.equals("https");
  }
}
