package nl.ketendata.server.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Says that a session has ended, and how to end the one at the identity provider too. */
final class SignedOutPage {
  private SignedOutPage() {}

  /**
   * @param provider where the provider's own session can be ended
   */
  static void write(Exchange exchange, Optional<URI> provider) throws IOException {
    boolean english = exchange.language().equals(Locale.ENGLISH);
    String further =
        provider
            .map(
                address ->
                    "<p><a href=\"%s\">%s</a></p>\n"
                        .formatted(
                            address.toASCIIString().replace("&", "&amp;").replace("\"", "&quot;"),
                            english
                                ? "Also sign out at your organisation"
                                : "Ook afmelden bij uw organisatie"))
            .orElse("");
    String again =
        "<p><a href=\"/aanmelden\">%s</a></p>\n"
            .formatted(english ? "Sign in again" : "Opnieuw aanmelden");
    SmallPage.write(
        exchange, english, english ? "You have signed out" : "U bent afgemeld", further + again);
  }
}
