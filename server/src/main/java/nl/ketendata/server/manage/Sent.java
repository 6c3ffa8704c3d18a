package nl.ketendata.server.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.OwnPages;

/** What came with a change: an object of JSON, or the form of a page. */
final class Sent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 64 * 1024;
  private static final String OBJECT = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ObjectNode fields;
  private final boolean form;

  private Sent(ObjectNode fields, boolean form) {
    this.fields = fields;
    this.form = form;
  }

  /**
   * Reads it; an empty body has no fields.
   *
   * @param allowed the names of the fields that there may be
   * @throws Failure KD510 when a page of somebody else sent it or it cannot be read, KD562 when it
   *     is neither JSON nor a form, KD563 when there is another field
   */
  static Sent of(Exchange exchange, String... allowed) throws IOException {
    OwnPages.require(exchange);
    byte[] body = exchange.body().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw Failure.of(Code.BAD_REQUEST, "> " + LONGEST);
    }
    String type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean form = type.startsWith(FORM);
    if (!form && !type.startsWith(OBJECT) && body.length > 0) {
      throw Failure.of(Code.BODY_TYPE, type.isEmpty() ? "-" : type, OBJECT + ", " + FORM);
    }
    String text = new String(body, StandardCharsets.UTF_8);
    Sent sent = new Sent(form ? form(text) : object(text), form);
    Set<String> known = new TreeSet<>(Arrays.asList(allowed));
    for (String name : (Iterable<String>) sent.fields::fieldNames) {
      if (!known.contains(name)) {
        throw Failure.of(Code.BODY_FIELD, shown(name), "", String.join(", ", known));
      }
    }
    return sent;
  }

  private static ObjectNode object(String text) {
    try {
      JsonNode read = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Failure.of(Code.BAD_REQUEST, "JSON").causedBy(e);
    }
    throw Failure.of(Code.BAD_REQUEST, "JSON");
  }

  private static ObjectNode form(String text) {
    ObjectNode fields = JSON.createObjectNode();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          fields.put(
              URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw Failure.of(Code.BAD_REQUEST, FORM).causedBy(e);
        }
      }
    }
    return fields;
  }

  /** Whether a page sent it, to which a page is the answer. */
  boolean isForm() {
    return form;
  }

  Optional<String> text(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw Failure.of(Code.BODY_FIELD, name, shown(value.toString()), "tekst/text");
    }
    return Optional.of(value.asText().strip());
  }

  /**
   * @throws Failure KD563 when it is not there
   */
  String required(String name) {
    return text(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> Failure.of(Code.BODY_FIELD, name, "", "tekst/text"));
  }

  /**
   * @throws Failure KD563 when it is no whole number
   */
  int number(String name, int otherwise) {
    String text = text(name).orElse(Integer.toString(otherwise));
    if (!text.matches("-?[0-9]{1,9}")) {
      throw Failure.of(Code.BODY_FIELD, name, shown(text), "1, 2, 3, …");
    }
    return Integer.parseInt(text);
  }

  /** The field as it came; missing when it did not. */
  JsonNode node(String name) {
    return fields.path(name);
  }

  private static String shown(String text) {
    return text.length() > 30 ? text.substring(0, 30) + "…" : text;
  }
}
