package nl.ketendata.server.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.http.PageLanguage;
import nl.ketendata.server.http.SmallPage;

/** Answers in the form that the client reads. */
final class Answer {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Exchange exchange;
  private final PageLanguage language;

  Answer(Exchange exchange) {
    this.exchange = exchange;
    this.language = PageLanguage.of(exchange);
  }

  boolean isPage() {
    return exchange.header("Accept").orElse("").contains("text/html");
  }

  /** The words in the reader's language. */
  String say(String dutch, String english) {
    return language.choose(dutch, english);
  }

  /** An address of ours that is to speak the same language. */
  String keep(String path) {
    return language.keep(path);
  }

  void json(int status, JsonNode body) throws IOException {
    json(status, body, Map.of());
  }

  void json(int status, JsonNode body, Map<String, String> more) throws IOException {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("Cache-Control", "no-store");
    exchange.respond(status, headers, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  void page(String title, Html body) throws IOException {
    SmallPage.write(exchange, 200, Map.of(), title, body);
  }

  /** Nothing to tell: it is done. A form leads back to the page that it was on. */
  void done(boolean form, String back) throws IOException {
    Map<String, String> headers =
        form
            ? Map.of("Location", exchange.baseUrl() + keep(back), "Cache-Control", "no-store")
            : Map.of("Cache-Control", "no-store");
    exchange.respond(form ? 303 : 204, headers, new byte[0]);
  }
}
