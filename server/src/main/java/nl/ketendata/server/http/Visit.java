package nl.ketendata.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Event.RequestDone;
import nl.ketendata.server.event.Event.SignInRefused.Reason;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.BrowserSignIn;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.share.Workplaces;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;

/**
 * One request from sign-in to the end of its answer. Whatever goes wrong becomes a refusal as long
 * as nothing was sent, and a cut connection after that.
 */
final class Visit {
  static final int BUSY_SECONDS = 5;
  private static final String DEEPEST = "100";
  private static final int UNAVAILABLE = 503;
  private static final int SEE_OTHER = 303;

  private final JettyExchange exchange;
  private final Head head;
  private final Callback callback;
  private final Authenticator authenticator;
  private final Events events;
  private final Auditor auditor;
  private final Optional<BrowserSignIn> browser;
  private final Optional<Workplaces> workplaces;
  private final long begin = System.nanoTime();
  private volatile String ending = RequestDone.GONE;
  private boolean turnedAway;
  private boolean audited;
  private Optional<Failure> refused = Optional.empty();

  Visit(
      JettyExchange exchange,
      Head head,
      Callback callback,
      Authenticator authenticator,
      Events events,
      Outside outside) {
    this.exchange = exchange;
    this.head = head;
    this.callback = callback;
    this.authenticator = authenticator;
    this.events = events;
    this.auditor = outside.auditor();
    this.browser = outside.browser();
    this.workplaces = outside.workplaces();
  }

  /**
   * Returns when the head has answered; the client may take longer.
   *
   * @param refusal why the request is not to reach the head
   * @param left run when the answer is over
   */
  void run(Optional<Failure> refusal, Runnable left) {
    exchange.beforeEnd(this::nearlyOver);
    Optional<Throwable> cut = attempt(refusal);
    exchange.worked();
    if (cut.isPresent()) {
      end(cut, left);
      return;
    }
    exchange.whenSent(
        failed -> {
          ending = failed.isPresent() ? RequestDone.GONE : ending;
          end(failed, left);
        });
  }

  private void end(Optional<Throwable> cut, Runnable left) {
    exchange.release();
    try {
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      events.emit(new RequestDone(name(), exchange.status(), took, exchange.bytes(), ending));
      audit();
    } finally {
      // Jetty closes the connection when the callback fails after the answer has begun.
      cut.ifPresentOrElse(callback::failed, callback::succeeded);
      left.run();
    }
  }

  /** What cut the answer; nothing when it is whole. */
  private Optional<Throwable> attempt(Optional<Failure> refusal) {
    try {
      answer(refusal);
      ending = RequestDone.WHOLE;
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (RuntimeException | Error e) {
      ending = Code.INTERNAL.id();
      return Optional.of(fault(e).causedBy(e));
    }
  }

  private void answer(Optional<Failure> refusal) throws IOException {
    try {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      certificate();
      if (head.needsSignIn(exchange.rawPath()) && !signIn()) {
        return;
      }
      beginWork();
      head.handle(exchange);
      exchange.finish();
    } catch (Failure failure) {
      refuse(failure.code() == Code.INTERNAL ? fault(failure) : failure);
    } catch (StackOverflowError e) {
      refuse(Failure.of(Code.TOO_DEEP, ">" + DEEPEST, DEEPEST));
    } catch (EofException e) {
      refuseCutShort(e);
    } catch (Throwable thrown) {
      if (exchange.broken()) {
        throw new IOException("The client is gone", thrown);
      }
      refuse(fault(thrown));
    }
  }

  /** The end came in the middle of an answer, or already in the middle of the request. */
  private void refuseCutShort(EofException thrown) throws IOException {
    if (exchange.broken() || exchange.committed()) {
      throw thrown;
    }
    refuse(Failure.of(Code.BAD_REQUEST, new Words("het eindigt te vroeg", "it ends too soon")));
  }

  private void beginWork() {
    if (workplaces.isPresent()) {
      head.payer(exchange).ifPresent(who -> exchange.work(workplaces.get().work(who)));
    }
  }

  /** Whoever shows a certificate that is not right gets no further, signed in or not. */
  private void certificate() {
    authenticator
        .turnsAway(exchange.shown())
        .ifPresent(
            result -> {
              events.emit(new Event.SignInRefused(name(), Reason.WRONG));
              turnedAway = true;
              throw result.refusal();
            });
  }

  /** Whether somebody is signed in; otherwise the browser was sent away to do so. */
  private boolean signIn() throws IOException {
    exchange.challenges(authenticator.challenges());
    Optional<SignIn> session = session();
    SignIn result =
        session.orElseGet(
            () ->
                authenticator.signIn(
                    exchange.header("Authorization"), exchange.address(), exchange.shown()));
    if (result instanceof SignIn.Accepted accepted) {
      exchange.signedIn(accepted.caller(), session.isPresent());
      return true;
    }
    if (result instanceof SignIn.Missing && browser.isPresent() && isBrowserOnAPage()) {
      return sent("/aanmelden");
    }
    if (result instanceof SignIn.ToReplace known) {
      exchange.signedIn(known.caller(), false);
      if (head.servesOneTime(exchange.rawPath())) {
        return true;
      }
      if (isBrowserOnAPage()) {
        return sent("/wachtwoord");
      }
    }
    if (result instanceof SignIn.Throttled throttled) {
      events.emit(new Event.SignInRefused(name(), Reason.THROTTLED));
      exchange.add("Retry-After", Long.toString(throttled.seconds()));
    } else if (!(result instanceof SignIn.Missing) && !(result instanceof SignIn.ToReplace)) {
      events.emit(new Event.SignInRefused(name(), Reason.WRONG));
    }
    turnedAway = !(result instanceof SignIn.Missing);
    throw result.refusal();
  }

  /**
   * Who has a session. It counts for reading, and for what a page of ours sends: a page of somebody
   * else's can make a browser send its cookies, but cannot read what comes back.
   */
  private Optional<SignIn> session() {
    boolean reads = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    boolean counts = reads || head.servesForms() && OwnPages.sent(exchange);
    if (browser.isEmpty() || !counts || exchange.header("Authorization").isPresent()) {
      return Optional.empty();
    }
    return BrowserHead.session(exchange).flatMap(browser.get()::session);
  }

  /** Sends the browser to another page; this one is not for who has not been there. */
  private boolean sent(String path) throws IOException {
    Map<String, String> there =
        Map.of("Location", exchange.baseUrl() + path, "Cache-Control", "no-store");
    exchange.respond(SEE_OTHER, there, new byte[0]);
    exchange.finish();
    return false;
  }

  private boolean isBrowserOnAPage() {
    return head.segment().isEmpty()
        && exchange.method().equals("GET")
        && exchange.header("Accept").orElse("").contains("text/html");
  }

  /** Whoever has the whole answer finds its place free and its line in the log. */
  private void nearlyOver() {
    exchange.worked();
    audit();
  }

  /** Writes down what was asked, once: before the end of the answer leaves, or when it is cut. */
  private void audit() {
    if (!audited) {
      audited = true;
      RequestEntry.of(exchange, head, refused, turnedAway).ifPresent(auditor::record);
    }
  }

  private void refuse(Failure failure) throws IOException {
    refused = Optional.of(failure);
    if (failure.code().kind() == Kind.INTERNAL && failure.code() != Code.INTERNAL) {
      events.emit(new Event.FaultFound(failure.code().id(), name(), failure));
    }
    if (exchange.committed()) {
      ending = exchange.broken() ? RequestDone.GONE : failure.code().id();
      throw new IOException("Failed after the answer began", failure);
    }
    if (failure.code().httpStatus() == UNAVAILABLE) {
      exchange.add("Retry-After", Integer.toString(BUSY_SECONDS));
    }
    try {
      head.refuse(exchange, failure);
      exchange.finish();
    } catch (RuntimeException | Error e) {
      refusePlainly(fault(e));
    }
  }

  private void refusePlainly(Failure failure) throws IOException {
    if (exchange.committed()) {
      throw new IOException("Failed after the refusal began", failure);
    }
    PlainRefusal.write(exchange, failure);
    exchange.finish();
  }

  /** The user gets a reference, the log the rest. */
  private Failure fault(Throwable thrown) {
    String reference = Reference.next();
    events.emit(new Event.FaultFound(reference, name(), thrown));
    return Failure.of(Code.INTERNAL, reference);
  }

  private String name() {
    return head.segment().isEmpty() ? "portal" : head.segment();
  }
}
