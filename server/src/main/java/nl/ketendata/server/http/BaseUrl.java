package nl.ketendata.server.http;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What answers must put before a path to make an URL that the client can use. Headers that a proxy
 * adds are never believed: behind a proxy the public URL is a setting.
 */
final class BaseUrl {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private final Optional<URI> configured;

  BaseUrl(Optional<URI> configured) {
    this.configured = configured;
  }

  /** Without a slash at the end; nothing when the {@code Host} header is no host. */
  Optional<String> of(Request request) {
    if (configured.isPresent()) {
      return configured.map(URI::toString);
    }
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || host.isBlank()) {
      return Optional.of(own(request));
    }
    String scheme = request.isSecure() ? "https" : "http";
    return HOST.matcher(host).matches() ? Optional.of(scheme + "://" + host) : Optional.empty();
  }

  /** For clients so old that they send no {@code Host}: the address that they reached. */
  static String own(Request request) {
    String address = Request.getLocalAddr(request);
    return "http://" + address + ":" + Request.getLocalPort(request);
  }
}
