package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private static final Authenticator ANNA =
      (authorization, address) ->
          switch (authorization.orElse("")) {
            case "" -> new SignIn.Missing();
            case "Anna" -> new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST));
            case "Slow" -> new SignIn.Throttled(Duration.ofMillis(1_500));
            default -> new SignIn.Refused();
          };

  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final EchoHead echo = new EchoHead();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private WebServer server;

  @BeforeEach
  void start() {
    server = server(HttpSettings.onFreePort(), Limits.STANDARD);
    server.start();
  }

  @AfterEach
  void stop() {
    echo.hold.countDown();
    server.close();
  }

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
  void doesNotKnowOtherPaths() throws Exception {
    HttpResponse<String> json = get("/nergens/x");
    HttpResponse<String> page = get("/%3Cb%3E/../echo", "Accept", "text/html,*/*");

    assertThat(json.statusCode()).isEqualTo(404);
    assertThat(json.body()).contains("\"code\":\"KD502\"");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("KD502").doesNotContain("<b>");
  }

  @Test
  void challengesOnEveryPathOfAHead() throws Exception {
    for (String path : List.of("/echo", "/echo/$metadata")) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(path)));
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly("Basic realm=\"Ketendata\", charset=\"UTF-8\"");
      assertThat(answer.body()).startsWith("echo KD601");
    }
    assertThat(seen).noneMatch(Event.SignInRefused.class::isInstance);
  }

  @Test
  void refusesAWrongSignInAndSaysSoToTheLog() throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(uri("/echo")).header("Authorization", "Bert"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(seen).contains(new Event.SignInRefused("echo", Event.SignInRefused.Reason.WRONG));
  }

  @Test
  void tellsAThrottledClientWhenToComeBack() throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(uri("/echo")).header("Authorization", "Slow"));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(answer.body()).contains("KD608").contains("2 seconden");
  }

  @Test
  void refusesALongUrl() throws Exception {
    HttpResponse<String> longer = get("/echo/" + "a".repeat(9_000));
    HttpResponse<String> longest = get("/echo/" + "a".repeat(20_000));

    assertThat(longer.statusCode()).isEqualTo(414);
    assertThat(longer.body()).startsWith("echo KD530").contains("9006").contains("8192");
    assertThat(longest.statusCode()).isEqualTo(414);
    assertThat(longest.body()).contains("\"code\":\"KD530\"");
  }

  @Test
  void refusesLargeHeaders() throws Exception {
    HttpResponse<String> answer = get("/echo", "X-Large", "a".repeat(20_000));

    assertThat(answer.statusCode()).isEqualTo(431);
    assertThat(answer.body()).contains("\"code\":\"KD531\"").contains("16 KiB");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void refusesAHostThatIsNoHost() throws Exception {
    assertThat(raw("GET /echo/base HTTP/1.1\r\nHost: a\"><b\r\nAuthorization: Anna\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("KD510");
    assertThat(raw("GET /echo/base HTTP/1.1\r\nHost: evil.example:99\r\nAuthorization: Anna\r\n"))
        .contains("http://evil.example:99");
  }

  @Test
  void answersOnlyToThisComputersNamesWhenThereIsNoSignIn() throws Exception {
    server.close();
    HttpSettings open = new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, 0, Optional.empty(), true);
    server = server(open, Limits.STANDARD);
    server.start();

    for (String host : List.of("localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080")) {
      assertThat(raw("GET /echo HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Anna\r\n"))
          .startsWith("HTTP/1.1 200");
    }
    for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.nl")) {
      assertThat(raw("GET /echo HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Anna\r\n"))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void survivesRequestsWithoutAPath() throws Exception {
    for (String line : List.of("GET //", "OPTIONS *", "GET http://x", "GET /", "CONNECT x:1")) {
      assertThat(raw(line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Anna\r\n"))
          .matches("(?s)HTTP/1.1 4.*KD5.*");
    }
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("KD510")
        .doesNotContain("Exception");
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
  void refusesWhatFailsBeforeAnythingWasSent() throws Exception {
    HttpResponse<String> answer = get("/echo/early");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("echo KD901").doesNotContain("plank", "geheim");
  }

  @Test
  void cutsAnAnswerThatFailsHalfway() throws Exception {
    for (String path : List.of("/echo/late", "/echo/timeout")) {
      for (String coding : List.of("identity", "gzip")) {
        String answer =
            raw(
                "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Anna\r\nAccept-Encoding: %s\r\n"
                    .formatted(path, coding));

        assertThat(answer)
            .startsWith("HTTP/1.1 200")
            .contains("Transfer-Encoding: chunked")
            .doesNotEndWith("\r\n0\r\n\r\n");
      }
    }
    assertThatThrownBy(() -> get("/echo/late")).isInstanceOf(IOException.class);
    assertThat(seen)
        .anyMatch(event -> event instanceof Event.RequestDone done && done.ending().equals("KD901"))
        .anyMatch(
            event -> event instanceof Event.RequestDone done && done.ending().equals("KD421"));
  }

  @Test
  void endsAWholeAnswerProperly() throws Exception {
    assertThat(raw("GET /echo/long HTTP/1.1\r\nHost: x\r\nAuthorization: Anna\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n0\r\n\r\n");
  }

  @Test
  void givesAReferenceForAFaultOfOursAndLogsTheRest() throws Exception {
    for (String path :
        List.of("/echo/early", "/echo/memory", "/echo/silent", "/echo/unclosed", "/echo/wrapped")) {
      seen.clear();
      HttpResponse<String> answer = get(path);

      assertThat(answer.statusCode()).isEqualTo(500);
      Event.FaultFound fault =
          seen.stream()
              .filter(Event.FaultFound.class::isInstance)
              .map(Event.FaultFound.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(answer.body())
          .contains(fault.reference())
          .doesNotContain("geheim", "Exception", "Error", "at nl.");
    }
  }

  @Test
  void takesAnOverflowingStackForAQuestionThatIsTooDeep() throws Exception {
    HttpResponse<String> answer = get("/echo/deep");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("echo KD412");
  }

  @Test
  void saysWhenToComeBackWhenItIsBusy() throws Exception {
    HttpResponse<String> answer = get("/echo/busy");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void refusesAtOnceWhenAllThreadsAndTheQueueAreTaken() throws Exception {
    WebServer small = server(HttpSettings.onFreePort(), Impatient.places(1, 1));
    try (small) {
      small.start();
      URI uri = URI.create("http://127.0.0.1:" + small.port() + "/echo/hold");
      HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", "Anna").build();
      CompletableFuture<HttpResponse<String>> first =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      echo.entered.await();
      List<CompletableFuture<HttpResponse<String>>> later =
          List.of(
              client.sendAsync(request, HttpResponse.BodyHandlers.ofString()),
              client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      HttpResponse<?> refused =
          (HttpResponse<?>) CompletableFuture.anyOf(later.toArray(CompletableFuture[]::new)).join();

      assertThat(refused.statusCode()).isEqualTo(503);
      echo.hold.countDown();
      assertThat(first.join().body()).isEqualTo("held");
    }
  }

  @Test
  void letsARunningAnswerFinishWhenItStops() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request("/echo/hold").build(), HttpResponse.BodyHandlers.ofString());
    echo.entered.await();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
    Thread.sleep(200);
    assertThat(stopped).isNotDone();
    echo.hold.countDown();

    assertThat(answer.join().body()).isEqualTo("held");
    stopped.join();
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

  @Test
  void closesAConnectionThatDripsItsHeaders() throws Exception {
    Limits impatient = Impatient.headers(Duration.ofMillis(300));
    try (WebServer strict = server(HttpSettings.onFreePort(), impatient)) {
      strict.start();
      try (Socket socket = new Socket("127.0.0.1", strict.port())) {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHos".getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void closesAnIdleConnectionButNotOneThatWaitsForItsAnswer() throws Exception {
    Limits impatient = Impatient.idle(Duration.ofMillis(200));
    try (WebServer strict = server(HttpSettings.onFreePort(), impatient)) {
      strict.start();
      try (Socket socket = new Socket("127.0.0.1", strict.port())) {
        socket.setSoTimeout(5_000);
        ask(socket, "/echo/hold");
        echo.entered.await();
        Thread.sleep(800);
        echo.hold.countDown();

        assertThat(new String(readAll(socket.getInputStream()), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200")
            .endsWith("held");
      }
    }
  }

  /** Power BI joins for ten minutes before it asks for the next page on the same connection. */
  @Test
  void waitsMoreThanTenMinutesForTheNextRequest() {
    assertThat(Limits.STANDARD.patience().idle()).isGreaterThan(Duration.ofMinutes(10));
    assertThat(Limits.STANDARD.patience().stalled()).isGreaterThan(Duration.ofMinutes(10));
  }

  @Test
  void noticesAClientThatGoesAway() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      ask(socket, "/echo/endless");
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    for (int i = 0; i < 100 && seen.isEmpty(); i++) {
      Thread.sleep(50);
    }

    assertThat(seen)
        .singleElement()
        .matches(event -> event instanceof Event.RequestDone done && done.ending().equals("gone"));
  }

  @Test
  void saysThatThePortIsTaken() {
    HttpSettings taken =
        new HttpSettings("127.0.0.1", server.port(), "127.0.0.1", 0, 0, Optional.empty(), false);

    try (WebServer second = server(taken, Limits.STANDARD)) {
      assertThatThrownBy(second::start)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.PORT_TAKEN))
          .hasMessageContaining(" " + server.port() + " ");
    }
  }

  private WebServer server(HttpSettings settings, Limits limits) {
    return new WebServer(
        settings,
        List.of(echo),
        ANNA,
        new Events(List.of(seen::add)),
        KeptAnswers.none(),
        List.of("https://rapport.example"),
        Outside.LOCAL,
        limits);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Anna");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** All that comes back until the server closes, or falls silent after a whole answer. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      byte[] request = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(request);
      return new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }

  private static void ask(Socket socket, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Anna\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketException reset) {
      return all.toByteArray();
    }
    return all.toByteArray();
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
