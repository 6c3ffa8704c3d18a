package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that keep a connection or a thread without doing much with it. */
@Timeout(180)
class SlowClientsTest {
  private final EchoHead echo = new EchoHead();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private WebServer server;

  private void start(Limits limits) {
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(echo),
            (authorization, address) ->
                new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST)),
            new Events(List.of(seen::add)),
            KeptAnswers.none(),
            List.of(),
            new Outside(TransportSettings.PLAIN, thread -> gone.countDown(), Clock.systemUTC()),
            limits);
    server.start();
  }

  @AfterEach
  void stop() {
    echo.hold.countDown();
    server.close();
  }

  private Socket ask(String text) throws IOException {
    Socket socket = new Socket();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void awaitEnd(String ending) throws Exception {
    Until.holds(ending, () -> seen.stream().anyMatch(done -> ended(done, ending)));
  }

  private static boolean ended(Event event, String ending) {
    return event instanceof Event.RequestDone done && done.ending().equals(ending);
  }

  @Test
  void cutsAClientThatDoesNotRead() throws Exception {
    // 128 KiB that nobody takes are due after the grace and 128 seconds at the standard rate.
    start(Impatient.pace(Duration.ofMillis(300), 1 << 20));
    try (Socket socket = ask("GET /echo/endless HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      awaitEnd("gone");
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void leavesAClientAloneThatReadsSteadily() throws Exception {
    // A piece of 128 KiB is due after half a minute; the grace is over long before the end.
    start(Impatient.pace(Duration.ofMillis(300), 4 << 10));
    try (Socket socket = ask("GET /echo/endless HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      InputStream in = socket.getInputStream();
      byte[] piece = new byte[64 << 10];
      for (int i = 0; i < 30; i++) {
        assertThat(in.readNBytes(piece, 0, piece.length)).isEqualTo(piece.length);
        Thread.sleep(50);
      }
    }
  }

  @Test
  void cutsABodyThatDrips() throws Exception {
    start(Impatient.pace(Duration.ofMillis(300), 1 << 10));
    try (Socket socket =
        ask("POST /echo/body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx")) {
      assertThat(endOf(socket)).isTrue();
    }
  }

  @Test
  void stopsTheWorkOfAClientThatLeavesBeforeItsAnswerBegins() throws Exception {
    start(Limits.STANDARD);
    try (Socket socket = ask("GET /echo/hold HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      assertThat(echo.entered.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(gone.await(1, TimeUnit.SECONDS)).as("still here").isFalse();
      socket.shutdownInput();
    }
    assertThat(gone.await(60, TimeUnit.SECONDS)).as("gone").isTrue();
  }

  /** As long as a body is read, what was there a moment ago may be gone without a goodbye. */
  @Test
  void doesNotWatchWhileABodyIsToCome() throws Exception {
    start(Limits.STANDARD);
    String head = "POST /echo/hold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx";
    try (Socket socket = ask(head)) {
      assertThat(echo.entered.await(60, TimeUnit.SECONDS)).isTrue();
      socket.shutdownOutput();
      assertThat(gone.await(1500, TimeUnit.MILLISECONDS)).isFalse();
      echo.hold.countDown();
    }
  }

  @Test
  void doesNotTakeANextRequestForAGoodbye() throws Exception {
    start(Limits.STANDARD);
    String request = "GET /echo/hold HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = ask(request + request)) {
      assertThat(echo.entered.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(gone.await(1500, TimeUnit.MILLISECONDS)).isFalse();
      echo.hold.countDown();
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void closesAConnectionThatDripsTheHeadersOfASecondRequest() throws Exception {
    start(Impatient.headers(Duration.ofMillis(500)));
    try (Socket socket = answered()) {
      Thread.sleep(1_000); // idle is well
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      boolean closed = false;
      while (!closed && System.nanoTime() < end) {
        try {
          socket.getOutputStream().write('G');
          Thread.sleep(50);
        } catch (SocketException e) {
          closed = true;
        }
      }
      assertThat(closed).isTrue();
    }
  }

  /** A connection of which the first request came in time, as it may not on a busy machine. */
  private Socket answered() throws IOException {
    for (int i = 0; i < 50; i++) {
      Socket socket = ask("GET /echo/caller HTTP/1.1\r\nHost: localhost\r\n\r\n");
      try {
        if (socket.getInputStream().read() == 'H') {
          return socket;
        }
      } catch (SocketException tooLate) {
        // It was closed before it had asked.
      }
      socket.close();
    }
    throw new AssertionError("no request was answered");
  }

  private static boolean endOf(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    try {
      while (socket.getInputStream().read() >= 0) {
        // Until the server closes.
      }
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void socketsThatDripTheirHeadersKeepNobodyOut() throws Exception {
    start(Impatient.connections(10));
    List<Socket> dripping = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        dripping.add(ask("GET / HTTP/1.1\r\nHos"));
      }
      try (Socket socket = ask("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        socket.setSoTimeout(60_000);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(endOf(dripping.get(0))).as("the oldest made room").isTrue();
    } finally {
      for (Socket socket : dripping) {
        socket.close();
      }
    }
  }

  @Test
  void aConnectionTooManyLeavesThoseAloneThatAreAnswered() throws Exception {
    start(Impatient.connections(1));
    try (Socket busy = ask("GET /echo/hold HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      assertThat(echo.entered.await(60, TimeUnit.SECONDS)).isTrue();
      try (Socket extra = ask("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        assertThat(endOf(extra)).isTrue();
      }
      echo.hold.countDown();
      assertThat(busy.getInputStream().read()).isEqualTo('H');
    }
  }
}
