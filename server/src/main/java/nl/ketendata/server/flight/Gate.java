package nl.ketendata.server.flight;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightMethod;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightServerMiddleware;

/** What one call says of itself in its headers, and what goes back to it in those of its answer. */
final class Gate implements FlightServerMiddleware {
  static final Key<Gate> KEY = Key.of("ketendata");
  private static final String COOKIE = "ketendata_flight";
  private static final List<String> CATALOG_HEADERS = List.of("gemeente", "catalog");

  private final FlightMethod method;
  private final CallHeaders headers;
  private Optional<Session> session = Optional.empty();
  private String address = "";
  private boolean bare;
  private Optional<String> token = Optional.empty();
  private volatile Optional<String> cookie = Optional.empty();

  Gate(FlightMethod method, CallHeaders headers) {
    this.method = method;
    this.headers = headers;
  }

  static Gate of(CallContext context) {
    return context.getMiddleware(KEY);
  }

  /**
   * @throws Failure as {@link Sessions#of}, and KD603 when the catalog is not one of the caller's
   */
  void signIn(Sessions sessions, String from, List<X509Certificate> shown) {
    address = from;
    bare = header("authorization").isEmpty() && cookieSent().isEmpty() && shown.isEmpty();
    Session found = sessions.of(header("authorization"), cookieSent(), from, shown);
    session = Optional.of(found);
    if (method == FlightMethod.HANDSHAKE && !sessions.isKept(found)) {
      sessions.keep(found);
      token = Optional.of(found.id());
      cookie = token;
    }
    catalog().ifPresent(chosen -> found.caller().organisation(chosen));
  }

  Session session() {
    return session.orElseThrow(() -> Failure.of(Code.NOT_SIGNED_IN));
  }

  Caller caller() {
    return session().caller();
  }

  boolean isSignedIn() {
    return session.isPresent();
  }

  /** Whether it says nothing of who makes it: a client that is to find out how to sign in. */
  boolean isBareCall() {
    return bare;
  }

  /** Who makes it; empty when that is not known. */
  String name() {
    return session.map(known -> known.caller().name()).orElse("");
  }

  String payer() {
    return session.map(known -> known.caller().payer()).orElse("");
  }

  String address() {
    return address;
  }

  String method() {
    return method.name();
  }

  /** The catalog of unqualified names: of this call's own header, or chosen for the session. */
  Optional<String> catalog() {
    return CATALOG_HEADERS.stream()
        .flatMap(name -> header(name).stream())
        .findFirst()
        .or(() -> session().catalog());
  }

  /** For a client that signs in with every call, so that what it sets is found again. */
  void remember() {
    cookie = Optional.of(session().id());
  }

  Locale language() {
    return header("accept-language")
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).startsWith("en"))
        .map(english -> Locale.ENGLISH)
        .orElse(Failure.DUTCH);
  }

  private Optional<String> header(String name) {
    return headers.containsKey(name)
        ? Optional.ofNullable(headers.get(name)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private Optional<String> cookieSent() {
    Iterable<String> sent = headers.containsKey("cookie") ? headers.getAll("cookie") : List.of();
    return StreamSupport.stream(sent.spliterator(), false)
        .flatMap(line -> Stream.of(line.split(";")))
        .map(String::strip)
        .filter(pair -> pair.startsWith(COOKIE + "="))
        .map(pair -> pair.substring(COOKIE.length() + 1))
        .findFirst();
  }

  @Override
  public void onBeforeSendingHeaders(CallHeaders outgoing) {
    token.ifPresent(text -> outgoing.insert("authorization", "Bearer " + text));
    cookie.ifPresent(text -> outgoing.insert("set-cookie", COOKIE + "=" + text));
  }

  @Override
  public void onCallCompleted(CallStatus status) {}

  @Override
  public void onCallErrored(Throwable error) {}
}
