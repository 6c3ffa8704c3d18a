package nl.ketendata.server.http;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What answers must put before a path to make an URL that the client can use. Headers that a proxy
 * adds are believed from trusted proxies only; the public URL, when it is set, goes before all.
 */
final class BaseUrl {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127\\.[0-9.]{5,11}|\\[::1])(:[0-9]{1,5})?");

  private final Optional<URI> configured;
  private final Pattern allowed;

  /**
   * @param configured what the administrator says that clients use
   * @param loopbackOnly whether a request must name this computer itself. Without sign-in that is
   *     what keeps a page elsewhere, whose name suddenly points here, from reading the data
   */
  BaseUrl(Optional<URI> configured, boolean loopbackOnly) {
    this.configured = configured;
    this.allowed = loopbackOnly ? LOOPBACK : HOST;
  }

  /** Without a slash at the end; nothing when the {@code Host} header is not allowed. */
  Optional<String> of(Request request, Proxies.Client client) {
    if (configured.isPresent()) {
      return configured.map(URI::toString);
    }
    String host = client.host().orElse(request.getHeaders().get(HttpHeader.HOST));
    if (host == null || host.isBlank()) {
      // HTTP/2 has it in the address of the request.
      String authority = request.getHttpURI().getAuthority();
      if (authority == null || authority.isBlank()) {
        return Optional.of(own(request));
      }
      host = authority;
    }
    String scheme = client.scheme().orElse(request.isSecure() ? "https" : "http");
    return allowed.matcher(host).matches() ? Optional.of(scheme + "://" + host) : Optional.empty();
  }

  /** For clients so old that they send no {@code Host}: the address that they reached. */
  static String own(Request request) {
    String address = Request.getLocalAddr(request);
    return (request.isSecure() ? "https" : "http")
        + "://"
        + address
        + ":"
        + Request.getLocalPort(request);
  }
}
