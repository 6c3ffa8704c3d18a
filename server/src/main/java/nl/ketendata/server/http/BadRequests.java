package nl.ketendata.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers for requests that Jetty itself refuses, before any of our handlers sees them. */
final class BadRequests extends ErrorHandler {
  private static final Words UNREADABLE =
      new Words(
          "het adres of een kopregel is geen geldig HTTP", "its address or a header is no HTTP");

  private final Limits limits;
  private final Events events;

  BadRequests(Limits limits, Events events) {
    this.limits = limits;
    this.events = events;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Failure failure = failure(response.getStatus(), request.getAttribute(ERROR_EXCEPTION));
    Locale language =
        Language.of(Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE)));
    SecurityHeaders.put(response.getHeaders());
    int status = failure.code().httpStatus();
    response.setStatus(status);
    events.emit(new Event.RequestDone("http", status, Duration.ZERO, 0, Event.RequestDone.WHOLE));
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    response.write(true, ByteBuffer.wrap(PlainRefusal.json(failure, language)), callback);
    return true;
  }

  private Failure failure(int status, Object cause) {
    if (status == 414) {
      return Failure.of(Code.URL_TOO_LONG, ">" + limits.url(), Integer.toString(limits.url()));
    }
    if (status == 431) {
      return Failure.of(Code.HEADERS_TOO_LARGE, limits.headers() / 1024 + " KiB");
    }
    if (status < 500 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
      return Failure.of(Code.BAD_REQUEST, UNREADABLE);
    }
    String reference = Reference.next();
    Throwable thrown =
        cause instanceof Throwable failure ? failure : new IllegalStateException("HTTP " + status);
    events.emit(new Event.FaultFound(reference, "http", thrown));
    return Failure.of(Code.INTERNAL, reference);
  }
}
