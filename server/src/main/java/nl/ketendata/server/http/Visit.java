package nl.ketendata.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Event.SignInRefused.Reason;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import org.eclipse.jetty.util.Callback;

/**
 * One request from sign-in to the end of its answer. Whatever goes wrong becomes a refusal as long
 * as nothing was sent, and a cut connection after that.
 */
final class Visit {
  static final int BUSY_SECONDS = 5;
  private static final String DEEPEST = "100";

  private final JettyExchange exchange;
  private final Head head;
  private final Callback callback;
  private final Authenticator authenticator;
  private final Events events;
  private final long begin = System.nanoTime();

  Visit(
      JettyExchange exchange,
      Head head,
      Callback callback,
      Authenticator authenticator,
      Events events) {
    this.exchange = exchange;
    this.head = head;
    this.callback = callback;
    this.authenticator = authenticator;
    this.events = events;
  }

  /**
   * @param refusal why the request is not to reach the head
   */
  void run(Optional<Failure> refusal) {
    boolean whole = false;
    try {
      answer(refusal);
      whole = true;
    } catch (IOException e) {
      cut(e);
    } catch (RuntimeException | Error e) {
      fault(e);
      cut(e);
    } finally {
      exchange.release();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      events.emit(new Event.RequestDone(name(), exchange.status(), took, exchange.bytes(), whole));
    }
    if (whole) {
      callback.succeeded();
    }
  }

  private void answer(Optional<Failure> refusal) throws IOException {
    try {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      signIn();
      head.handle(exchange);
      exchange.finish();
    } catch (Failure failure) {
      refuse(failure);
    } catch (StackOverflowError e) {
      refuse(Failure.of(Code.TOO_DEEP, ">" + DEEPEST, DEEPEST));
    } catch (Throwable thrown) {
      if (exchange.broken()) {
        throw new IOException("The client is gone", thrown);
      }
      refuse(fault(thrown));
    }
  }

  private void signIn() {
    SignIn result = authenticator.signIn(exchange.header("Authorization"), exchange.address());
    if (result instanceof SignIn.Accepted accepted) {
      exchange.signedIn(accepted.caller());
      return;
    }
    if (result instanceof SignIn.Throttled throttled) {
      long seconds = Math.max(1, throttled.delay().plusMillis(999).toSeconds());
      events.emit(new Event.SignInRefused(name(), Reason.THROTTLED));
      exchange.add("Retry-After", Long.toString(seconds));
      throw Failure.of(Code.TOO_MANY_FAILURES, Long.toString(seconds));
    }
    if (result instanceof SignIn.Refused) {
      events.emit(new Event.SignInRefused(name(), Reason.WRONG));
    }
    throw Failure.of(Code.NOT_SIGNED_IN);
  }

  private void refuse(Failure failure) throws IOException {
    if (failure.code().kind() == Kind.INTERNAL && failure.code() != Code.INTERNAL) {
      events.emit(new Event.FaultFound(failure.code().id(), name(), failure));
    }
    if (exchange.committed()) {
      throw new IOException("Failed after the answer began", failure);
    }
    if (failure.code() == Code.BUSY) {
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

  /** Jetty closes the connection when the callback fails after the answer has begun. */
  private void cut(Throwable cause) {
    callback.failed(cause);
  }

  private String name() {
    return head.segment().isEmpty() ? "portal" : head.segment();
  }
}
