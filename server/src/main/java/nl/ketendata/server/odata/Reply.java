package nl.ketendata.server.odata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.odata.uri.Excerpt;

/** The status and headers of one answer. */
final class Reply {
  static final String VERSION = "OData-Version";
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Exchange exchange;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Reply(Exchange exchange) {
    this.exchange = exchange;
    headers.put(VERSION, "4.0");
    headers.put("Cache-Control", "private, no-cache");
    headers.put("Vary", "Accept, Prefer, Authorization");
  }

  Reply header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Says that a wish of the client was met. */
  void applied(String preference) {
    headers.merge("Preference-Applied", preference, (first, next) -> first + ", " + next);
  }

  /**
   * Gives the answer its tag; when the client has that one already, says so and nothing more.
   *
   * @return whether the answer is complete
   * @throws Failure KD550 when the client wants another one
   */
  boolean tagged(String text) throws IOException {
    String tag = "W/\"" + text + "\"";
    headers.put("ETag", tag);
    Optional<String> wanted = exchange.header("If-Match");
    if (wanted.isPresent() && !lists(wanted.get(), text)) {
      throw Failure.of(Code.CHANGED_SINCE, Excerpt.of(wanted.get())).about("If-Match");
    }
    Optional<String> known = exchange.header("If-None-Match");
    if (known.isEmpty() || !lists(known.get(), text)) {
      return false;
    }
    exchange.respond(NOT_MODIFIED, headers, new byte[0]);
    return true;
  }

  /** Compared weakly: an answer may be packed on its way. */
  private static boolean lists(String header, String text) {
    if (header.strip().equals("*")) {
      return true;
    }
    for (String tag : header.split(",")) {
      if (tag.strip().replaceFirst("^W/", "").equals("\"" + text + "\"")) {
        return true;
      }
    }
    return false;
  }

  boolean headOnly() {
    return exchange.method().equals("HEAD");
  }

  void noContent() throws IOException {
    exchange.respond(NO_CONTENT, headers, new byte[0]);
  }

  void body(String contentType, byte[] body) throws IOException {
    headers.put("Content-Type", contentType);
    exchange.respond(OK, headers, body);
  }

  /** A body for a file of this name. */
  OutputStream file(String contentType, String name) throws IOException {
    headers.put("Content-Type", contentType);
    headers.put("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return exchange.respond(OK, headers);
  }

  /** A body that is written while its rows are read. */
  JsonOut stream(String contentType) {
    headers.put("Content-Type", contentType);
    return new JsonOut(() -> exchange.respond(OK, headers));
  }
}
