package nl.ketendata.server.identity;

import java.time.Duration;
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
  record Throttled(Duration delay) implements SignIn {}
}
