package nl.ketendata.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A page of a few lines in the looks of the portal. */
final class SmallPage {
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
      %s</main>
      </body>
      </html>
      """;

  private SmallPage() {}

  /**
   * @param body HTML, each line ended
   */
  static void write(Exchange exchange, boolean english, String title, String body)
      throws IOException {
    exchange.respond(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
        PAGE.formatted(english ? "en" : "nl", title, body).getBytes(StandardCharsets.UTF_8));
  }
}
