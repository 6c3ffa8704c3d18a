package nl.ketendata.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A page of a few lines in the looks of the portal. */
public final class SmallPage {
  private static final String BEGIN =
      """
      <!doctype html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s - Ketendata</title>
      <link rel="stylesheet" href="/portal.css">
      <link rel="icon" href="/favicon.ico" type="image/svg+xml">
      </head>
      <body>
      <header>
      <p class="name"><a href="%s">Ketendata</a></p>
      %s</header>
      <main>
      <h1>%2$s</h1>
      """;

  private SmallPage() {}

  /**
   * @param more headers besides those of every page
   * @param title plain letters, no markup
   */
  public static void write(
      Exchange exchange, int status, Map<String, String> more, String title, Html body)
      throws IOException {
    PageLanguage language = PageLanguage.of(exchange);
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", "text/html; charset=utf-8");
    headers.put("Content-Language", language.locale().getLanguage());
    headers.put("Cache-Control", "no-store");
    // What a form was sent to cannot be asked for again in another language.
    String other = exchange.method().equals("POST") ? "" : language.other();
    String page =
        BEGIN.formatted(language.locale().getLanguage(), title, language.keep("/"), other)
            + body
            + "</main>\n</body>\n</html>\n";
    exchange.respond(status, headers, page.getBytes(StandardCharsets.UTF_8));
  }
}
