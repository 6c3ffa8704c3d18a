package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.Test;

/** Answers that are cut, and connections that end. */
class WebServerConnectionsTest extends WebServerFixture {
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
  void closesAConnectionThatDripsItsHeaders() throws Exception {
    Limits impatient = Impatient.headers(Duration.ofMillis(300));
    try (WebServer strict = server(HttpSettings.onFreePort(), impatient)) {
      strict.start();
      try (Socket socket = new Socket("127.0.0.1", strict.port())) {
        socket.setSoTimeout(60_000);
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
      try (Socket socket = held(strict)) {
        Thread.sleep(800);
        echo.hold.countDown();

        assertThat(new String(readAll(socket.getInputStream()), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200")
            .endsWith("held");
      }
    }
  }

  /** A connection whose request is being worked on: it must not be idle before it asks. */
  private Socket held(WebServer strict) throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket("127.0.0.1", strict.port());
      socket.setSoTimeout(60_000);
      try {
        ask(socket, "/echo/hold");
        if (echo.entered.await(2, TimeUnit.SECONDS)) {
          return socket;
        }
      } catch (SocketException tooLate) {
        // It was closed before it could ask.
      }
      socket.close();
    }
    throw new AssertionError("no request was answered");
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
    Until.holds("noticed", () -> !seen.isEmpty());

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
}
