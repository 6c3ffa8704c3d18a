package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests and their answers, from {@code conformance.txt}: one a line, columns separated by bars.
 *
 * <ol>
 *   <li>group of the checklist
 *   <li>the request, below the service root, as a client writes it but with plain spaces; perhaps
 *       with another method than GET before it, and headers behind it, each after {@code ||}
 *   <li>the status
 *   <li>what must hold of the body, separated by {@code ;;}: {@code /pointer = JSON}, {@code
 *       /value[]/path = values with spaces between}, {@code body = text}, {@code code = KD…},
 *       {@code says text}, {@code header Name = value} or {@code none}
 * </ol>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Conformance {
  private static final Pattern METHOD = Pattern.compile("([A-Z]{3,})(?: (.*))?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServedData served;

  @BeforeAll
  void serves(@TempDir Path folder) {
    served = new ServedData(folder);
  }

  @AfterAll
  void closes() {
    served.close();
  }

  record Line(String group, String request, int status, List<String> expected) {
    @Override
    public String toString() {
      return group + " " + request;
    }
  }

  private final String groups;

  /**
   * @param groups the letters of those whose lines are asked
   */
  Conformance(String groups) {
    this.groups = groups;
  }

  Stream<Line> chosen() {
    return lines().filter(line -> groups.contains(line.group().substring(0, 1)));
  }

  static Stream<Line> lines() {
    try (InputStream file = Conformance.class.getResourceAsStream("conformance.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Conformance::line);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Line line(String text) {
    String[] parts = text.split(" \\| ", -1);
    List<String> expected = new ArrayList<>();
    if (parts.length > 3) {
      Stream.of(parts[3].split(" ;; ")).map(String::strip).forEach(expected::add);
    }
    return new Line(
        parts[0].strip(), parts[1].strip(), Integer.parseInt(parts[2].strip()), expected);
  }

  @ParameterizedTest
  @MethodSource("chosen")
  void answers(Line line) throws JsonProcessingException {
    String[] parts = line.request().split(" \\|\\| ");
    Matcher request = METHOD.matcher(parts[0]);
    String method = request.matches() ? request.group(1) : "GET";
    String path = request.matches() ? Objects.requireNonNullElse(request.group(2), "") : parts[0];
    String address = below(path).replace(" ", "%20").replace("\"", "%22");
    HttpResponse<byte[]> answer = served.client().send(method, raw(address), headers(parts));
    String text = WebClient.text(answer);
    assertThat(answer.statusCode()).as(text).isEqualTo(line.status());
    assertThat(answer.headers().allValues("OData-Version")).containsExactly("4.0");
    if (line.status() >= 400 && !method.equals("HEAD")) {
      assertThat(JSON.readTree(text).at("/error/code").asText()).as(text).startsWith("KD");
      assertThat(JSON.readTree(text).at("/error/message").asText())
          .isNotEmpty()
          .doesNotContain("SELECT", "java.", "/tmp");
    }
    for (String expected : line.expected()) {
      if (expected.startsWith("header ")) {
        String[] header = expected.substring("header ".length()).split(" = ");
        List<String> found = answer.headers().allValues(header[0]);
        assertThat(found.isEmpty() ? List.of("none") : found).containsExactly(header[1]);
      } else {
        check(expected, text);
      }
    }
  }

  private static String[] headers(String[] parts) {
    return Stream.of(parts)
        .skip(1)
        .flatMap(h -> Stream.of(h.split(": ", 2)))
        .toArray(String[]::new);
  }

  /** The address of a request; dots at its beginning go up from the service root. */
  private static String below(String request) {
    String root = ServedData.ROOT;
    String below = request;
    while (below.startsWith("..")) {
      root = root.replaceFirst("[^/]+/$", "");
      below = below.replaceFirst("^\\.\\./?", "");
    }
    return root + below;
  }

  private static String raw(String address) {
    StringBuilder raw = new StringBuilder();
    address
        .codePoints()
        .forEach(
            c ->
                raw.append(
                    c < 128 && "{}<>\\^`|".indexOf(c) < 0
                        ? Character.toString(c)
                        : nl.ketendata.server.odata.uri.Percent.encode(Character.toString(c))));
    return raw.toString();
  }

  private static void check(String expected, String text) throws JsonProcessingException {
    if (expected.startsWith("says ")) {
      assertThat(text).contains(expected.substring(5));
      return;
    }
    int equals = expected.indexOf(" = ");
    String what = expected.substring(0, equals).strip();
    String value = expected.substring(equals + 3).strip();
    if (what.equals("body")) {
      assertThat(text).isEqualTo(value);
    } else if (what.equals("code")) {
      assertThat(JSON.readTree(text).at("/error/code").asText()).as(text).isEqualTo(value);
    } else if (what.startsWith("/value[]")) {
      assertThat(values(JSON.readTree(text), what.substring("/value[]".length())))
          .as(text)
          .isEqualTo(value);
    } else {
      JsonNode found = JSON.readTree(text).at(what);
      assertThat(found.isMissingNode() ? "missing" : found.toString()).as(text).isEqualTo(value);
    }
  }

  private static String values(JsonNode answer, String pointer) {
    List<String> values = new ArrayList<>();
    for (JsonNode row : answer.get("value")) {
      JsonNode found = row.at(pointer);
      values.add(
          found.isMissingNode()
              ? "~"
              : found.isNull() ? "-" : found.isContainerNode() ? found.toString() : found.asText());
    }
    return values.isEmpty() ? "none" : String.join(" ", values);
  }
}
