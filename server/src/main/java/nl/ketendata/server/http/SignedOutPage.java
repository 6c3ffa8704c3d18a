package nl.ketendata.server.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Says that a session has ended, and how to end the one at the identity provider too. */
final class SignedOutPage {
  private SignedOutPage() {}

  /**
   * @param provider where the provider's own session can be ended
   */
  static void write(Exchange exchange, Optional<URI> provider) throws IOException {
    PageLanguage language = PageLanguage.of(exchange);
    Html html = new Html();
    provider.ifPresent(
        address ->
            html.raw("<p>")
                .link(
                    address.toASCIIString(),
                    language.choose(
                        "Ook afmelden bij uw organisatie", "Also sign out at your organisation"))
                .raw("</p>\n"));
    html.raw("<p>")
        .link("/aanmelden", language.choose("Opnieuw aanmelden", "Sign in again"))
        .raw("</p>\n");
    SmallPage.write(
        exchange, 200, Map.of(), language.choose("U bent afgemeld", "You have signed out"), html);
  }
}
