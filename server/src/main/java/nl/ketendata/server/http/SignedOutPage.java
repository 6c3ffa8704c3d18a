package nl.ketendata.server.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says that a session has ended, and how to end the one at the identity provider too. */
final class SignedOutPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s - Ketendata</title>
      <link rel="stylesheet" href="/portal.css">
      </head>
      <body>
      <header><h1>Ketendata</h1></header>
      <main>
      <h2>%2$s</h2>
      %s<p><a href="/aanmelden">%s</a></p>
      </main>
      </body>
      </html>
      """;

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
    String page =
        PAGE.formatted(
            english ? "en" : "nl",
            english ? "You have signed out" : "U bent afgemeld",
            further,
            english ? "Sign in again" : "Opnieuw aanmelden");
    exchange.respond(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
        page.getBytes(StandardCharsets.UTF_8));
  }
}
