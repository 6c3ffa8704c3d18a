package nl.ketendata.server.http;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets web pages of chosen other sites read the feed in a user's browser (Fetch standard, "CORS
 * protocol"). Without any chosen site no browser lets any page do that.
 */
final class CrossOrigin extends Handler.Wrapper {
  private static final String FEED = "/odata/";
  private static final String READ =
      "OData-Version, ETag, Preference-Applied, Retry-After, Server-Timing, Location";
  private static final String SENT =
      "Authorization, Accept, Accept-Language, Content-Type, If-None-Match, Prefer, OData-Version,"
          + " OData-MaxVersion, OData-Isolation";

  private final Set<String> origins;

  CrossOrigin(List<String> origins, Handler handler) {
    super(handler);
    this.origins = Set.copyOf(origins);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || !origins.contains(origin) || !aboutTheFeed(request)) {
      return super.handle(request, response, callback);
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, READ);
    headers.put(HttpHeader.VARY, "Origin");
    if (!isQuestionBefore(request)) {
      return super.handle(request, response, callback);
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, OPTIONS");
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
    headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "3600");
    response.setStatus(HttpStatus.NO_CONTENT_204);
    callback.succeeded();
    return true;
  }

  private static boolean aboutTheFeed(Request request) {
    String path = request.getHttpURI().getPath();
    return path != null && path.startsWith(FEED);
  }

  /** A browser asks first whether it may send a request; it cannot sign in for that. */
  private static boolean isQuestionBefore(Request request) {
    return request.getMethod().equals("OPTIONS")
        && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
  }
}
