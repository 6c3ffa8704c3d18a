package nl.ketendata.server.http;

import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Whether a form was sent from a page of ours. */
public final class OwnPages {
  private OwnPages() {}

  /**
   * Lets programs through, and browsers with what a page of ours sent: a browser adds a password
   * that it knows to what any page sends.
   *
   * @throws Failure KD510 when it is the page of somebody else
   */
  public static void require(Exchange exchange) {
    boolean browser =
        exchange.header("Origin").isPresent() || exchange.header("Sec-Fetch-Site").isPresent();
    if (browser && !sent(exchange)) {
      throw Failure.of(Code.BAD_REQUEST, "Origin");
    }
  }

  /**
   * Our pages tell browsers to give no referrer, and then they say {@code null} for the origin of a
   * form; where it comes from they do say, and no page can say it for them.
   */
  static boolean sent(Exchange exchange) {
    String origin = exchange.header("Origin").orElse("");
    return origin.equals(exchange.baseUrl())
        || origin.equals("null")
            && exchange.header("Sec-Fetch-Site").equals(Optional.of("same-origin"));
  }
}
