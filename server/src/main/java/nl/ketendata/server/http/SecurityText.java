package nl.ketendata.server.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /.well-known/security.txt} (RFC 9116): where to report a weakness. No sign-in. */
final class SecurityText extends Handler.Wrapper {
  private static final String PATH = "/.well-known/security.txt";

  /** The administrator keeps the contact right as long as the server runs. */
  private static final Duration VALID = Duration.ofDays(180);

  private final Optional<URI> contact;
  private final Clock clock;

  SecurityText(Optional<URI> contact, Clock clock, Handler handler) {
    super(handler);
    this.contact = contact;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (contact.isEmpty() || !Request.getPathInContext(request).equals(PATH)) {
      return super.handle(request, response, callback);
    }
    String text =
        "Contact: "
            + contact.get()
            + "\nExpires: "
            + clock.instant().plus(VALID).truncatedTo(ChronoUnit.SECONDS)
            + "\nPreferred-Languages: nl, en\n";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
