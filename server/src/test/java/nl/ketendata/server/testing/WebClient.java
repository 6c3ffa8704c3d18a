package nl.ketendata.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A signed-in client of a server's web port. */
public final class WebClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String authorization;

  /**
   * @param base ends in a slash
   */
  public WebClient(URI base, String user, String password) {
    this.base = base;
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /**
   * @param address below the base, or whole
   * @param headers names and values in turn
   */
  public HttpResponse<byte[]> send(String method, String address, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(address))
            .timeout(LONGEST)
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public HttpResponse<byte[]> get(String address, String... headers) {
    return send("GET", address, headers);
  }

  /** The text of an answer that must be good. */
  public String text(String address, String... headers) {
    HttpResponse<byte[]> answer = get(address, headers);
    if (answer.statusCode() != 200) {
      throw new AssertionError(address + ": " + answer.statusCode() + " " + text(answer));
    }
    return text(answer);
  }

  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  public JsonNode json(String address, String... headers) {
    return parse(text(address, headers));
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /** All entities of a set, page after page. */
  public List<JsonNode> walk(String address, int pageSize) {
    List<JsonNode> entities = new ArrayList<>();
    String next = address;
    while (!next.isEmpty()) {
      JsonNode page = json(next, "Prefer", "odata.maxpagesize=" + pageSize);
      page.get("value").forEach(entities::add);
      next = page.path("@odata.nextLink").asText("");
    }
    return entities;
  }

  /** The weak tag of the version that an address answers from. */
  public String tag(String address) {
    return get(address).headers().firstValue("ETag").orElseThrow();
  }

  /**
   * Sends an address as it is, also one that no library would send.
   *
   * @param target what stands after {@code GET}
   * @return the whole answer, from its status line on
   */
  public String raw(String target) {
    String request =
        ("GET %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: %s\r\nConnection: close\r\n\r\n")
            .formatted(target, base.getHost(), base.getPort(), authorization);
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) LONGEST.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
