package nl.ketendata.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.failure.Failure;

/**
 * A failure where no head's wire format applies: a small page for browsers, JSON in the shape of
 * OData's errors for everything else.
 */
public final class PlainRefusal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainRefusal() {}

  /** Answers with the failure, in the client's language. */
  public static void write(Exchange exchange, Failure failure) throws IOException {
    write(exchange, failure, Map.of());
  }

  /**
   * Answers with the failure, in the client's language.
   *
   * @param more headers, such as {@code Allow}
   */
  public static void write(Exchange exchange, Failure failure, Map<String, String> more)
      throws IOException {
    boolean page = exchange.header("Accept").orElse("").contains("text/html");
    Locale language = exchange.language();
    Map<String, String> headers = new TreeMap<>(more);
    headers.put(
        "Content-Type", page ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
    headers.put("Content-Language", language.getLanguage());
    headers.put("Cache-Control", "no-store");
    exchange.respond(
        failure.code().httpStatus(),
        headers,
        page ? html(failure, language) : json(failure, language));
  }

  static byte[] json(Failure failure, Locale language) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("code", failure.code().id())
        .put("message", failure.message(language));
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] html(Failure failure, Locale language) {
    String code = failure.code().id();
    String message =
        failure
            .message(language)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    String page =
        """
        <!doctype html>
        <html lang="%s">
        <head><meta charset="utf-8"><title>%s - Ketendata</title></head>
        <body><main><h1>%s</h1><p>%s</p><p><a href="/">Ketendata</a></p></main></body>
        </html>
        """
            .formatted(language.getLanguage(), code, code, message);
    return page.getBytes(StandardCharsets.UTF_8);
  }
}
