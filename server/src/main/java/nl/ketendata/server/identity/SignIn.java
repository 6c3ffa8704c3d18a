package nl.ketendata.server.identity;

import java.time.Duration;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;

/** What came of a sign-in. */
public sealed interface SignIn {

  /** It is this caller. */
  record Accepted(Caller caller) implements SignIn {}

  /** Nothing to sign in with was sent; most clients begin so and wait for the challenge. */
  record Missing() implements SignIn {}

  /** What was sent is not right; why is not told. */
  record Refused() implements SignIn {}

  /**
   * Too many failures before; nothing was checked.
   *
   * @param delay after which trying again makes sense
   */
  record Throttled(Duration delay) implements SignIn {
    /** The delay, rounded up. */
    public long seconds() {
      return Math.max(1, delay.plusMillis(999).toSeconds());
    }
  }

  /** A token that was right and is no longer; the client is to get another. */
  record Expired() implements SignIn {}

  /** A one-time password that was right, and was not replaced in time. */
  record Outdated() implements SignIn {}

  /**
   * It is this caller, by a one-time password. A program reads and hands in with it as long as it
   * is good; the pages and the management of users open once it is replaced.
   */
  record ToReplace(Caller caller) implements SignIn {}

  /** The identity provider knows who it is, and nothing says what that one may do here. */
  record Unlinked() implements SignIn {}

  /**
   * A client certificate that is not right.
   *
   * @param code what is wrong with it
   */
  record BadCertificate(Code code) implements SignIn {}

  /** A client certificate that is right, and nothing says what its owner may do here. */
  record UnlinkedCertificate() implements SignIn {}

  /** Why somebody is not let in. */
  default Failure refusal() {
    if (this instanceof Throttled throttled) {
      return Failure.of(Code.TOO_MANY_FAILURES, Long.toString(throttled.seconds()));
    }
    if (this instanceof Expired) {
      return Failure.of(Code.TOKEN_EXPIRED);
    }
    if (this instanceof Outdated) {
      return Failure.of(Code.PASSWORD_OVER);
    }
    if (this instanceof ToReplace) {
      return Failure.of(Code.PASSWORD_ONCE);
    }
    if (this instanceof BadCertificate bad) {
      return Failure.of(bad.code());
    }
    if (this instanceof UnlinkedCertificate) {
      return Failure.of(Code.CERTIFICATE_UNLINKED);
    }
    return Failure.of(this instanceof Unlinked ? Code.NOT_LINKED : Code.NOT_SIGNED_IN);
  }
}
