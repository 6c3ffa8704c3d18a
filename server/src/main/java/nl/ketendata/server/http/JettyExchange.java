package nl.ketendata.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.share.Work;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** An exchange over one of Jetty's requests. Used by one thread. */
final class JettyExchange implements Exchange {
  private static final Caller NOBODY = new Caller("", Map.of(), Role.ANALIST);
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final Request request;
  private final Response response;
  private final String baseUrl;
  private final Answering shared;
  private final Coding coding;
  private final Pace.Watched watch;
  private final ResponseStream out;
  private final Proxies.Client client;
  private final Map<String, String> added = new TreeMap<>();
  private Caller caller = NOBODY;
  private boolean session;
  private List<String> challenges = List.of();
  private final long received = System.nanoTime();
  private final boolean separate;
  private volatile boolean arrived;
  private boolean replayed;
  private Optional<AnswerStream> answer = Optional.empty();
  private Optional<Work> work = Optional.empty();

  JettyExchange(
      Request request, Response response, Proxies.Client client, String baseUrl, Answering shared) {
    this.request = request;
    this.client = client;
    this.response = response;
    this.baseUrl = baseUrl;
    this.shared = shared;
    this.coding = Coding.accepted(request.getHeaders());
    this.watch = shared.pace().watch(this::cut);
    Outflow outflow = new Outflow(response, watch, shared.kept().spools(), new Rests());
    this.out = new ResponseStream(response, outflow);
    // In HTTP/2 all requests of a client share a connection, which is always being read.
    this.separate = request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
    this.arrived = separate && !hasBody(request.getHeaders());
  }

  private static boolean hasBody(HttpFields headers) {
    return headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
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
    InputStream paced = shared.pace().paced(Content.Source.asInputStream(request), watch);
    return new Received(paced, request.getLength(), this::arrived);
  }

  private void arrived() {
    arrived = separate;
    work.ifPresent(Work::begin);
  }

  /** A body may come slowly: work on it begins when all of it is here. */
  void work(Work mine) {
    work = Optional.of(mine);
    if (BODILESS.contains(method()) && !hasBody(request.getHeaders())) {
      mine.begin();
    }
  }

  /** Nothing is worked on any more. */
  void worked() {
    work.ifPresent(Work::close);
  }

  /** Gives the place to work up while the client is waited for. */
  private final class Rests implements Outflow.Wait {
    @Override
    public void begins() {
      work.ifPresent(Work::rest);
    }

    @Override
    public void ends() {
      work.ifPresent(Work::resume);
    }
  }

  /** Whether all of the request is here: what comes then is a next one, or the end. */
  boolean received() {
    return arrived;
  }

  @Override
  public boolean committed() {
    return replayed || answer.isPresent() && answer.get().committed();
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
            coding,
            shared.packers(),
            headers,
            () -> begin(status, headers));
    answer = Optional.of(stream);
    return stream;
  }

  @Override
  public boolean replay(AnswerKey key) throws IOException {
    if (committed()) {
      throw new IllegalStateException("The answer has begun");
    }
    Optional<KeptAnswer> known = known(key).or(() -> sameAnswer(key));
    if (known.isPresent() && replay(key, coding, known.get())) {
      return true;
    }
    if (!method().equals("GET")) {
      return false;
    }
    if (out.recording().isEmpty()) {
      takeDown(key);
    }
    Optional<KeptAnswer> plain =
        coding == Coding.IDENTITY
            ? Optional.empty()
            : shared.kept().find(key, Coding.IDENTITY.token());
    return plain.isPresent() && repack(plain.get());
  }

  /** The answer that was given before. When there is none, the one to come is taken down. */
  private Optional<KeptAnswer> known(AnswerKey key) {
    Optional<KeptAnswer> known = shared.kept().find(key, coding.token());
    if (known.isEmpty() && method().equals("GET")) {
      takeDown(key);
    }
    return known;
  }

  private void takeDown(AnswerKey key) {
    shared.kept().record(key, coding.token()).ifPresent(to -> out.record(to, this::kept));
  }

  /** Whoever works on the same answer needs a place for that. */
  private Optional<KeptAnswer> sameAnswer(AnswerKey key) {
    if (out.recording().isPresent()) {
      return Optional.empty();
    }
    if (!shared.kept().records(key, coding.token())) {
      return shared.kept().find(key, coding.token());
    }
    work.ifPresent(Work::rest);
    Optional<KeptAnswer> same = shared.kept().await(key, coding.token());
    work.ifPresent(Work::resume);
    return same;
  }

  private boolean replay(AnswerKey key, Coding kept, KeptAnswer known) throws IOException {
    ReadableByteChannel body;
    try {
      body = known.body().open();
    } catch (NoSuchFileException gone) {
      shared.kept().forget(key, kept.token());
      return false;
    }
    replayed = true;
    begin(OK, known.headers());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, known.length());
    if (method().equals("HEAD") || known.length() == 0) {
      body.close();
      out.finish(ByteBuffer.allocate(0));
    } else {
      out.send(body, known.length());
    }
    return true;
  }

  /** Packs what is kept plainly. */
  private boolean repack(KeptAnswer plain) throws IOException {
    try (ReadableByteChannel body = plain.body().open();
        InputStream bytes = Channels.newInputStream(body);
        OutputStream to = respond(OK, plain.headers())) {
      bytes.transferTo(to);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** What an answer that nobody is signed in for offers. */
  void challenges(List<String> offered) {
    this.challenges = offered;
  }

  /**
   * @param bySession whether a session of this browser tells so
   */
  void signedIn(Caller who, boolean bySession) {
    this.caller = who;
    this.session = bySession;
  }

  @Override
  public boolean inSession() {
    return session;
  }

  /** A header that the answer gets whatever the head says. */
  void add(String name, String value) {
    added.put(name, value);
  }

  @Override
  public String address() {
    return client.address();
  }

  /** The certificates that the client showed, its own first. */
  List<X509Certificate> shown() {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
                instanceof EndPoint.SslSessionData session
            && session.peerCertificates() != null
        ? List.of(session.peerCertificates())
        : List.of();
  }

  EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  /** To be told when HTTP/2 ends this request alone, or its connection. */
  void onReset(Runnable reset) {
    if (!separate) {
      request.addFailureListener(failure -> reset.run());
    }
  }

  /** Closes the connection under whoever writes to it or reads from it. */
  void cut() {
    endPoint().close();
  }

  /** See {@link ResponseStream#beforeEnd}. */
  void beforeEnd(Runnable then) {
    out.beforeEnd(then);
  }

  /** To be called after {@link #finish}; see {@link Outflow#whenSent}. */
  void whenSent(Consumer<Optional<Throwable>> then) {
    out.whenSent(then);
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
    if (replayed) {
      return;
    }
    AnswerStream stream =
        answer.orElseThrow(() -> new IllegalStateException("The head gave no answer"));
    if (!stream.closed()) {
      throw new IllegalStateException("The head did not complete its answer");
    }
    stream.finish();
  }

  /**
   * What is kept with the answer: the head's own headers and those of the coding, for the others
   * are another request's; nothing when it is not to be kept.
   */
  private Optional<Map<String, String>> kept() {
    if (response.getStatus() != OK) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(answer.orElseThrow().headers());
    for (HttpHeader header :
        List.of(HttpHeader.CONTENT_ENCODING, HttpHeader.VARY, HttpHeader.ETAG)) {
      Optional.ofNullable(response.getHeaders().get(header))
          .ifPresent(value -> headers.put(header.asString(), value));
    }
    return Optional.of(headers);
  }

  void release() {
    watch.close();
    out.release();
    answer.ifPresent(AnswerStream::release);
  }

  /** How long it took until now, and whether the answer was there already. */
  private String timing() {
    BigDecimal millis = BigDecimal.valueOf((System.nanoTime() - received) / 10_000, 2);
    String from = replayed ? ", kept;desc=\"uit voorraad\"" : "";
    return "first;desc=\"tot de eerste byte\";dur=" + millis.toPlainString() + from;
  }

  /** A handler before us may have said already on what the answer depends. */
  private void put(String name, String value) {
    String said = response.getHeaders().get(HttpHeader.VARY);
    boolean more = said != null && name.equalsIgnoreCase("Vary") && !value.contains(said);
    response.getHeaders().put(name, more ? said + ", " + value : value);
  }

  private void begin(int status, Map<String, String> headers) {
    response.setStatus(status);
    headers.forEach(this::put);
    response.getHeaders().put("Server-Timing", timing());
    added.forEach(response.getHeaders()::put);
    if (status == UNAUTHORIZED) {
      challenges.forEach(challenge -> response.getHeaders().add("WWW-Authenticate", challenge));
    }
  }
}
