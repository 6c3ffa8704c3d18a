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
    if (exchange.header("Accept").orElse("").contains("text/html")) {
      page(exchange, failure, more);
      return;
    }
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("Content-Language", exchange.language().getLanguage());
    headers.put("Cache-Control", "no-store");
    exchange.respond(failure.code().httpStatus(), headers, json(failure, exchange.language()));
  }

  static byte[] json(Failure failure, Locale language) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("code", failure.code().id())
        .put("message", failure.message(language));
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void page(Exchange exchange, Failure failure, Map<String, String> more)
      throws IOException {
    PageLanguage language = PageLanguage.of(exchange);
    Html html = new Html();
    html.element("p", failure.code().id() + " - " + failure.message(language.locale()));
    html.raw("<p>")
        .link(language.keep("/"), language.choose("Naar de eerste bladzijde", "To the first page"))
        .raw("</p>\n");
    SmallPage.write(
        exchange,
        failure.code().httpStatus(),
        more,
        language.choose("Dit lukte niet", "This did not work"),
        html);
  }
}
