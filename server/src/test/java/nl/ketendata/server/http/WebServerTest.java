package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import nl.ketendata.server.settings.HttpSettings;
import org.junit.jupiter.api.Test;

/** Requests and answers as they go through. */
class WebServerTest extends WebServerFixture {
  @Test
  void bringsARequestToItsHeadAsItWasSent() throws Exception {
    assertThat(get("/echo/JW301('a%2Fb%25')/x?$top=1&$filter=a%20eq%20'b'").body())
        .isEqualTo("/echo/JW301('a%2Fb%25')/x|$top=1&$filter=a%20eq%20'b'");
    assertThat(get("/echo/caller").body()).contains("anna");
    assertThat(get("/echo").body()).isEqualTo("/echo|-");
  }

  @Test
  void handsTheBodyToTheHead() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/echo/body").POST(HttpRequest.BodyPublishers.ofString("abc")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("abc");
  }

  @Test
  void speaksBothVersionsOfHttp() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpClient speaking = HttpClient.newBuilder().version(version).build();
      for (String path : List.of("/echo/caller", "/echo/long")) {
        HttpResponse<String> answer =
            speaking.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      assertThatThrownBy(
              () ->
                  speaking.send(
                      request("/echo/late").build(), HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsHowLongTheFirstByteTook() throws Exception {
    assertThat(get("/echo").headers().firstValue("Server-Timing").orElseThrow())
        .matches("first;desc=\"[^\"]+\";dur=[0-9]+\\.[0-9]{2}");
  }

  @Test
  void letsOnlyChosenSitesReadTheFeedInABrowser() throws Exception {
    String asking = "Access-Control-Request-Method";
    HttpResponse<String> chosen = options("/odata/x", "https://rapport.example", asking, "GET");
    HttpResponse<String> other = options("/odata/x", "https://kwaad.example", asking, "GET");
    HttpResponse<String> elsewhere = options("/echo", "https://rapport.example", asking, "GET");

    assertThat(chosen.statusCode()).isEqualTo(204);
    assertThat(chosen.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://rapport.example");
    assertThat(chosen.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Prefer");
    assertThat(chosen.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .doesNotContain("PUT", "DELETE", "*");
    for (HttpResponse<String> refused : List.of(other, elsewhere)) {
      assertThat(refused.statusCode()).isNotEqualTo(204);
      assertThat(refused.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
    HttpResponse<String> read = get("/odata/x", "Origin", "https://rapport.example");
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
    assertThat(read.headers().firstValue("Vary").orElse("")).contains("Origin");
  }

  private HttpResponse<String> options(String path, String origin, String name, String value)
      throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers("Origin", origin, name, value));
  }

  @Test
  void prefersTheConfiguredUrlAndIgnoresForwardedHeaders() throws Exception {
    assertThat(get("/echo/base", "X-Forwarded-Host", "evil.example").body())
        .isEqualTo("http://127.0.0.1:" + server.port());

    URI configured = URI.create("https://ketendata.example");
    HttpSettings settings =
        new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, 0, Optional.of(configured), false);
    try (WebServer behindProxy = server(settings, Limits.STANDARD)) {
      behindProxy.start();
      URI uri = URI.create("http://127.0.0.1:" + behindProxy.port() + "/echo/base");
      assertThat(send(HttpRequest.newBuilder(uri).header("Authorization", "Anna")).body())
          .isEqualTo("https://ketendata.example");
    }
  }

  @Test
  void choosesTheLanguageThatTheClientPrefers() throws Exception {
    assertThat(get("/echo/language").body()).isEqualTo("nl");
    assertThat(get("/echo/language", "Accept-Language", "en-GB,nl;q=0.5").body()).isEqualTo("en");
    assertThat(get("/echo/language", "Accept-Language", "en;q=0.5,nl").body()).isEqualTo("nl");
    assertThat(get("/echo/language", "Accept-Language", "fr,en;q=0.1").body()).isEqualTo("en");
    assertThat(get("/echo/language", "Accept-Language", "fr").body()).isEqualTo("nl");
    assertThat(get("/echo/language", "Accept-Language", "%;;").body()).isEqualTo("nl");
    assertThat(get("/echo/failure", "Accept-Language", "en").body()).contains("does not exist");
  }

  @Test
  void answersHeadWithTheHeadersOfGetAndNoBody() throws Exception {
    for (String path : List.of("/echo/caller", "/echo/long")) {
      HttpResponse<String> get = get(path);
      HttpResponse<String> head =
          client.send(
              request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(head.body()).isEmpty();
      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
    }
    assertThat(get("/echo/caller").headers().firstValue("Content-Length")).isPresent();
  }

  @Test
  void announcesNoLengthForHeadThatItDoesNotKnow() throws Exception {
    HttpResponse<String> head =
        client.send(
            request("/echo/lazy").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.headers().firstValue("Content-Length")).isEmpty();
    assertThat(get("/echo/lazy").body()).isEqualTo(EchoHead.LINE);
  }

  @Test
  void packsLongTextForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> packed =
        client.send(
            request("/echo/long").header("Accept-Encoding", "gzip, deflate").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    HttpResponse<String> plain = get("/echo/long", "Accept-Encoding", "gzip;q=0");

    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(packed.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(packed.body().length).isLessThan(50_000);
    assertThat(unpack(packed.body())).isEqualTo(EchoHead.LINE.repeat(1_000));
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).isEqualTo(EchoHead.LINE.repeat(1_000));
    assertThat(get("/echo/caller", "Accept-Encoding", "gzip").body()).contains("anna");
  }

  @Test
  void answersWithoutABody() throws Exception {
    assertThat(get("/echo/empty").statusCode()).isEqualTo(204);
    assertThat(get("/echo/same").statusCode()).isEqualTo(304);
  }

  @Test
  void sendsSecurityHeadersOnEveryAnswer() throws Exception {
    for (String path : List.of("/echo", "/nergens", "/echo/early")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
  }

  private static Map<String, List<String>> withoutDate(HttpResponse<?> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    headers.remove("server-timing");
    return headers;
  }

  private static String unpack(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
