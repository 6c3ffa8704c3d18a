package nl.ketendata.server.odata.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.http.Exchange;

/** A batch as JSON (OData JSON Format 4.01, chapter 19). */
final class JsonForm implements Form {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Set<String> ids = new HashSet<>();
  private final Set<String> groups = new HashSet<>();

  @Override
  public List<Part> read(byte[] body) {
    JsonNode requests = parse(body).path("requests");
    if (!requests.isArray()) {
      throw Failure.of(Code.BATCH_FORM, "$batch", "…", "{\"requests\":[…]}");
    }
    List<Part> parts = new ArrayList<>();
    requests.forEach(request -> parts.add(part(request, parts.size() + 1)));
    return parts;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      String place =
          Optional.ofNullable(e.getLocation())
              .map(at -> at.getLineNr() + ":" + at.getColumnNr())
              .orElse("?");
      throw Failure.of(Code.BATCH_FORM, "$batch", place, "JSON").causedBy(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Part part(JsonNode request, int number) {
    String id = text(request, "id", number);
    if (!ids.add(id)) {
      throw Failure.of(Code.BATCH_FORM, "id", id, new Words("een eigen nummer", "one of its own"));
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.path("headers").fields().forEachRemaining(h -> headers.put(h.getKey(), text(h)));
    List<String> dependsOn = new ArrayList<>();
    request.path("dependsOn").forEach(other -> dependsOn.add(known(other.asText(), id)));
    Optional<String> group = named(request, "atomicityGroup");
    group.ifPresent(groups::add);
    return new Part(
        Optional.of(id),
        text(request, "method", number).toUpperCase(Locale.ROOT),
        text(request, "url", number),
        headers,
        dependsOn,
        named(request, "if"),
        group,
        false);
  }

  private static Optional<String> named(JsonNode request, String name) {
    return request.hasNonNull(name) ? Optional.of(request.get(name).asText()) : Optional.empty();
  }

  private static String text(Map.Entry<String, JsonNode> header) {
    return header.getValue().asText();
  }

  /** What a request waits for must stand before it. */
  private String known(String other, String id) {
    boolean before = ids.contains(other) && !other.equals(id);
    if (!before && !groups.contains(other)) {
      throw Failure.of(Code.BATCH_FORM, "dependsOn", other, ids);
    }
    return other;
  }

  private static String text(JsonNode request, String name, int number) {
    JsonNode value = request.path(name);
    if (!value.isValueNode() || value.asText().isEmpty()) {
      throw Failure.of(Code.BATCH_FORM, "requests[" + (number - 1) + "]." + name, value, "\"…\"");
    }
    return value.asText();
  }

  @Override
  public boolean goesOn() {
    return true;
  }

  @Override
  public Answers begin(Exchange exchange, Optional<String> applied) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("OData-Version", "4.0");
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Type", "application/json");
    applied.ifPresent(wish -> headers.put("Preference-Applied", wish));
    return new JsonAnswers(exchange.respond(200, headers));
  }
}
