package nl.ketendata.server.flight;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Event.SignInRefused.Reason;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;

/**
 * Who is signed in. A client that sends a name and password gets a token of this head for its next
 * calls; whatever else the server accepts as {@code Authorization} can be sent with every call.
 *
 * <p>A token stands for the credentials that it was given for: they are checked again after a
 * while, so that it dies with the password, the personal token or the right that it came from.
 */
final class Sessions {
  private static final String PREFIX = "kdf_";
  private static final String BEARER = "bearer ";

  private final Map<String, Session> signedIn = new ConcurrentHashMap<>();
  private final AtomicLong uses = new AtomicLong();
  private final Authenticator authenticator;
  private final Events events;
  private final RandomIds ids;
  private final Clock clock;
  private final Limits limits;

  Sessions(Authenticator authenticator, Events events, RandomIds ids, Clock clock, Limits limits) {
    this.authenticator = authenticator;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * The session of a call; one that is not {@link #keep kept} ends with it.
   *
   * @param authorization the header of that name
   * @param cookie id of a session that was kept; it does for a call without authorization, since
   *     ADBC's driver for Java sends none along with what it prepared
   * @param address where the call is from
   * @param shown the client's certificates
   * @throws Failure KD601 when it is nobody's, KD608 when somebody must wait
   */
  Session of(
      Optional<String> authorization,
      Optional<String> cookie,
      String address,
      List<X509Certificate> shown) {
    Optional<String> token =
        authorization.isPresent() ? authorization.flatMap(Sessions::ours) : cookie;
    if (token.isPresent()) {
      return known(token.get(), address, shown);
    }
    Caller caller = signIn(authorization, address, shown);
    Optional<Session> kept =
        cookie.map(signedIn::get).filter(session -> session.caller().equals(caller));
    kept.ifPresent(session -> used(session));
    return kept.orElseGet(
        () -> new Session(PREFIX + ids.next(), authorization, caller, clock.instant()));
  }

  private void used(Session session) {
    session.used(clock.instant(), uses.incrementAndGet());
  }

  private static Optional<String> ours(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String token = bearer ? authorization.substring(BEARER.length()).strip() : "";
    return token.startsWith(PREFIX) ? Optional.of(token) : Optional.empty();
  }

  private Session known(String token, String address, List<X509Certificate> shown) {
    Instant now = clock.instant();
    Session session = signedIn.get(token);
    if (session == null || idle(session, now)) {
      throw Failure.of(Code.NOT_SIGNED_IN);
    }
    if (session.checked().plus(limits.check()).isBefore(now)) {
      session.checked(signIn(session.authorization(), address, shown), now);
    }
    used(session);
    return session;
  }

  private Caller signIn(
      Optional<String> authorization, String address, List<X509Certificate> shown) {
    SignIn result = authenticator.signIn(authorization, address, shown);
    if (result instanceof SignIn.Accepted accepted) {
      return accepted.caller();
    }
    if (result instanceof SignIn.ToReplace known) {
      return known.caller();
    }
    if (!(result instanceof SignIn.Missing)) {
      Reason reason = result instanceof SignIn.Throttled ? Reason.THROTTLED : Reason.WRONG;
      events.emit(new Event.SignInRefused(FlightHead.NAME, reason));
    }
    throw result.refusal();
  }

  /** Lets a session outlive its call. */
  void keep(Session session) {
    used(session);
    signedIn.put(session.id(), session);
    List<Session> own =
        signedIn.values().stream()
            .filter(each -> each.caller().name().equals(session.caller().name()))
            .sorted(Comparator.comparing(Session::turn))
            .toList();
    own.stream().limit(Math.max(0, own.size() - limits.sessions())).forEach(this::end);
  }

  boolean isKept(Session session) {
    return signedIn.containsKey(session.id());
  }

  void end(Session session) {
    signedIn.remove(session.id());
  }

  /** Ends what nobody used for too long. */
  void endIdle() {
    Instant now = clock.instant();
    signedIn.values().removeIf(session -> idle(session, now));
  }

  private boolean idle(Session session, Instant now) {
    return session.lastUse().plus(limits.idleSession()).isBefore(now);
  }

  int size() {
    return signedIn.size();
  }
}
