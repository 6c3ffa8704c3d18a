package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.Test;

/** What does not get through, and what is said of it. */
class WebServerRefusalsTest extends WebServerFixture {
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
  void doesNotTakeAnotherVersionOfHttpForAFaultOfItsOwn() throws Exception {
    for (String line : List.of("GET /echo HTTP/3.0", "GET /echo", "GET /echo HTTP/0.9")) {
      assertThat(raw(line + "\r\nHost: localhost\r\n"))
          .as(line)
          .startsWith("HTTP/1.1 400")
          .contains("KD510");
    }
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
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
  void refusesOtherVersionsOfHttpAndSeesNoFaultInThem() throws Exception {
    for (String line : List.of("GET /echo", "GET /echo HTTP/3.0", "GET /echo HTTP/1.2")) {
      assertThat(raw(line + "\r\nHost: x\r\n")).as(line).contains("400", "KD510");
    }
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
  }

  @Test
  void aBodyThatEndsTooSoonIsTheClientsDoing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String half =
          "POST /echo/body HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Authorization: Anna\r\n"
              + "Content-Length: 9\r\n\r\n"
              + "half";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    Until.holds("it is over", () -> seen.stream().anyMatch(Event.RequestDone.class::isInstance));
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
  }

  @Test
  void refusesWhatFailsBeforeAnythingWasSent() throws Exception {
    HttpResponse<String> answer = get("/echo/early");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("echo KD901").doesNotContain("plank", "geheim");
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
}
