package nl.ketendata.server.admin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import nl.ketendata.server.event.Metrics;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /live}, {@code /ready} and {@code /metrics}, as plain text. */
final class AdminPages extends Handler.Abstract {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Health> health;
  private final Metrics metrics;

  AdminPages(Supplier<Health> health, Metrics metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return write(response, callback, 405, TEXT, "GET\n");
    }
    String path = Request.getPathInContext(request);
    return switch (path) {
      case "/live" -> write(response, callback, 200, TEXT, "live\n");
      case "/ready" -> ready(response, callback);
      case "/metrics" -> write(response, callback, 200, PROMETHEUS, metrics.text());
      default -> write(response, callback, 404, TEXT, "/live /ready /metrics\n");
    };
  }

  private boolean ready(Response response, Callback callback) {
    Health now = health.get();
    return write(response, callback, now.ready() ? 200 : 503, TEXT, now.text());
  }

  private static boolean write(
      Response response, Callback callback, int status, String type, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
