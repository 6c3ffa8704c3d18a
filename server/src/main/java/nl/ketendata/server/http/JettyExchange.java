package nl.ketendata.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** An exchange over one of Jetty's requests. Used by one thread. */
final class JettyExchange implements Exchange {
  private static final Caller NOBODY = new Caller("", Map.of(), Role.ANALIST);
  private static final int UNAUTHORIZED = 401;

  private final Request request;
  private final Response response;
  private final String baseUrl;
  private final ResponseStream out;
  private final Map<String, String> added = new TreeMap<>();
  private Caller caller = NOBODY;
  private Optional<AnswerStream> answer = Optional.empty();

  JettyExchange(Request request, Response response, String baseUrl) {
    this.request = request;
    this.response = response;
    this.baseUrl = baseUrl;
    this.out = new ResponseStream(response);
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    return Optional.ofNullable(request.getHttpURI().getPath())
        .filter(path -> path.startsWith("/"))
        .orElse("/");
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.getHttpURI().getQuery());
  }

  @Override
  public Optional<String> header(String name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  @Override
  public Locale language() {
    return Language.of(header("Accept-Language"));
  }

  @Override
  public String baseUrl() {
    return baseUrl;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public InputStream body() {
    return Content.Source.asInputStream(request);
  }

  @Override
  public boolean committed() {
    return answer.isPresent() && answer.get().committed();
  }

  /** A second answer takes the place of one that has not left yet. */
  @Override
  public OutputStream respond(int status, Map<String, String> headers) {
    if (committed()) {
      throw new IllegalStateException("The answer has begun");
    }
    AnswerStream stream =
        new AnswerStream(
            out,
            response.getHeaders(),
            FastGzip.isAccepted(request.getHeaders()),
            () -> begin(status, headers));
    answer = Optional.of(stream);
    return stream;
  }

  void signedIn(Caller who) {
    this.caller = who;
  }

  /** A header that the answer gets whatever the head says. */
  void add(String name, String value) {
    added.put(name, value);
  }

  String address() {
    return Request.getRemoteAddr(request);
  }

  /** Whether the client is gone. */
  boolean broken() {
    return out.broken();
  }

  int status() {
    return response.getStatus();
  }

  long bytes() {
    return Response.getContentBytesWritten(response);
  }

  /**
   * Ends the answer.
   *
   * @throws IllegalStateException when the head gave none or did not close it
   */
  void finish() throws IOException {
    AnswerStream stream =
        answer.orElseThrow(() -> new IllegalStateException("The head gave no answer"));
    if (!stream.closed()) {
      throw new IllegalStateException("The head did not complete its answer");
    }
    stream.finish();
  }

  void release() {
    answer.ifPresent(AnswerStream::release);
  }

  private void begin(int status, Map<String, String> headers) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    added.forEach(response.getHeaders()::put);
    if (status == UNAUTHORIZED) {
      response.getHeaders().put("WWW-Authenticate", "Basic realm=\"Ketendata\", charset=\"UTF-8\"");
    }
  }
}
