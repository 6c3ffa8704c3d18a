package nl.ketendata.server.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.http.Exchange;

/**
 * Reads what is asked: a JSON object, or the statement alone with the rest in the address. What the
 * address says goes before what the body says.
 */
final class AskReader {
  private static final int LARGEST = 256 * 1024;
  private static final String ALLOWED = "application/json, application/sql";
  private static final List<String> FIELDS =
      List.of("sql", "parameters", "gemeente", "limit", "format");
  private static final Set<String> IN_ADDRESS = Set.of("gemeente", "limit", "format");

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private AskReader() {}

  /**
   * @throws Failure KD562 for another kind of body, KD563 for a field that is unknown or of another
   *     type, KD510 when it is no JSON or no UTF-8, KD413 when it is too large
   */
  static Ask read(Exchange exchange) throws IOException {
    boolean json = isJson(exchange);
    Map<String, String> address = address(exchange.rawQuery().orElse(""));
    String text = text(exchange);
    JsonNode body = json ? parse(text) : JSON.createObjectNode().put("sql", text);
    body.fieldNames().forEachRemaining(AskReader::refuseUnknown);
    Optional<String> limit =
        Optional.ofNullable(address.get("limit")).or(() -> limit(body.path("limit")));
    return new Ask(
        string(body, "sql").orElseThrow(() -> wrong("sql", "", "tekst")),
        parameters(body.path("parameters")),
        Optional.ofNullable(address.get("gemeente")).or(() -> string(body, "gemeente")),
        limit.map(AskReader::limit).orElse(Long.MAX_VALUE),
        Optional.ofNullable(address.get("format")).or(() -> string(body, "format")));
  }

  /** Plain text is what a form of another site can send too; then a header must say otherwise. */
  private static boolean isJson(Exchange exchange) {
    String type = exchange.header("Content-Type").orElse("");
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean own = exchange.header("X-Requested-With").isPresent();
    if (!media.equals("application/json")
        && !media.equals("application/sql")
        && !(media.equals("text/plain") && own)) {
      String hint = media.equals("text/plain") ? ALLOWED + ", X-Requested-With" : ALLOWED;
      throw Failure.of(Code.BODY_TYPE, shown(type), hint);
    }
    return media.equals("application/json");
  }

  private static String text(Exchange exchange) throws IOException {
    byte[] bytes = exchange.body().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw Failure.of(Code.TOO_LARGE, "POST", "> 256 KiB", "256 KiB");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Failure.of(Code.BAD_REQUEST, "UTF-8").causedBy(e);
    }
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode body = JSON.readTree(text);
      if (!body.isObject()) {
        throw Failure.of(Code.BAD_REQUEST, "JSON");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw Failure.of(Code.BAD_REQUEST, "JSON").causedBy(e);
    }
  }

  private static void refuseUnknown(String name) {
    if (!FIELDS.contains(name)) {
      Failure failure = wrong(shown(name), "", String.join(", ", FIELDS));
      throw Nearest.to(name, FIELDS).map(failure::meaning).orElse(failure);
    }
  }

  private static Optional<String> string(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(name, shown(value.toString()), "tekst");
    }
    return Optional.of(value.asText());
  }

  private static Optional<String> limit(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  private static long limit(String text) {
    if (!text.matches("[0-9]{1,12}")) {
      throw wrong("limit", shown(text), "0..999999999999");
    }
    return Long.parseLong(text);
  }

  private static List<Object> parameters(JsonNode array) {
    List<Object> values = new ArrayList<>();
    if (array.isMissingNode() || array.isNull()) {
      return values;
    }
    if (!array.isArray()) {
      throw wrong("parameters", shown(array.toString()), "[…]");
    }
    array.forEach(value -> values.add(parameter(value)));
    return values;
  }

  private static Object parameter(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> null;
      case STRING -> value.asText();
      case BOOLEAN -> value.asBoolean();
      case NUMBER -> value.decimalValue();
      default ->
          throw wrong("parameters", shown(value.toString()), "tekst, getal, true, false, null");
    };
  }

  private static Map<String, String> address(String query) {
    Map<String, String> options = new HashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]);
      if (!IN_ADDRESS.contains(name)) {
        throw wrong(shown(name), "", String.join(", ", IN_ADDRESS.stream().sorted().toList()));
      }
      options.put(name, parts.length > 1 ? decoded(parts[1]) : "");
    }
    return options;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Code.URL_ENCODING, shown(text)).causedBy(e);
    }
  }

  private static Failure wrong(String field, String found, String allowed) {
    return Failure.of(Code.BODY_FIELD, field, found, allowed);
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
