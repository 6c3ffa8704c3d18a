package nl.ketendata.server.http;

import java.util.Optional;

/** Whether a form was sent from a page of ours. */
final class OwnPages {
  private OwnPages() {}

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
