package nl.ketendata.server.http;

import java.io.IOException;
import java.util.Optional;
import nl.ketendata.server.failure.Failure;

/** A protocol that is served below one path. */
public interface Head {

  /** The first segment of its paths: {@code odata}; empty for the root page. */
  String segment();

  /**
   * Whether only those who have signed in may ask for this path; the way to sign in itself may not.
   */
  default boolean needsSignIn(String rawPath) {
    return true;
  }

  /**
   * On whose share of the machine a request is worked on, by a caller who is known. It then waits
   * for a place to work before it reaches {@link #handle}, or, when it has a body, as soon as that
   * is read.
   *
   * @return nothing for a head whose work is little, or is shared out elsewhere
   */
  default Optional<String> payer(Exchange exchange) {
    return Optional.empty();
  }

  /**
   * Whether this path is also for who has yet to replace a one-time password: the page to do so on,
   * and the roads of programs, which cannot replace it. The pages and what gives others access are
   * not.
   */
  default boolean servesOneTime(String rawPath) {
    return false;
  }

  /** Whether somebody with a session in a browser may change something here, by a page of ours. */
  default boolean servesForms() {
    return false;
  }

  /**
   * Answers a request of a caller who is known.
   *
   * @throws Failure before the answer has begun: rendered by {@link #refuse}
   * @throws IOException when the client is gone
   */
  void handle(Exchange exchange) throws IOException;

  /** Renders a failure in this head's wire format; the answer has not begun. */
  void refuse(Exchange exchange, Failure failure) throws IOException;
}
