package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.share.Room;
import nl.ketendata.server.share.Workplaces;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One place to work: nobody holds it who waits for a client. */
@Timeout(180)
class SharedWorkTest {
  private static final byte[] LINE = "een regel van een groot antwoord\n".repeat(30).getBytes();

  @TempDir Path folder;

  /** Longer than the place is ever held by who does not hold it on purpose. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Workplaces places = Workplaces.of(new Room(1, 1, 8, PATIENCE));
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch hold = new CountDownLatch(1);
  private final CountDownLatch large = new CountDownLatch(1);

  /** How many worked when an answer was about to end. */
  private final List<Integer> atTheEnd = new CopyOnWriteArrayList<>();

  private WebServer server;

  private final class Working implements Head {
    @Override
    public String segment() {
      return "werk";
    }

    @Override
    public Optional<String> payer(Exchange exchange) {
      return exchange.rawPath().endsWith("vrij") ? Optional.empty() : Optional.of("GM9030");
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      switch (exchange.rawPath()) {
        case "/werk/groot" -> lines(exchange);
        case "/werk/vast" -> hold(exchange);
        case "/werk/lichaam" -> text(exchange, exchange.body().readAllBytes().length + " bytes");
        default -> text(exchange, places.working() + " aan het werk");
      }
    }

    private void lines(Exchange exchange) throws IOException {
      try (OutputStream out =
          exchange.respond(200, Map.of("Content-Type", "application/octet-stream"))) {
        large.countDown();
        for (int i = 0; i < 20_000; i++) {
          out.write(LINE);
        }
      }
    }

    private void hold(Exchange exchange) throws IOException {
      entered.countDown();
      try {
        hold.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      text(exchange, "los");
    }

    private void text(Exchange exchange, String text) throws IOException {
      exchange.respond(
          200, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void refuse(Exchange exchange, Failure failure) throws IOException {
      PlainRefusal.write(exchange, failure);
    }
  }

  /** What slow clients have not taken yet finds no room on disk, so that their threads wait. */
  private void start() {
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new Working()),
            Authenticator.open(List::of),
            Events.silent(),
            KeptAnswers.in(folder, 1 << 20, 64 * 1024, 0),
            List.of(),
            new Outside(
                TransportSettings.PLAIN,
                thread -> {},
                Clock.systemUTC(),
                entry -> atTheEnd.add(places.working()),
                Optional.empty(),
                Optional.of(places)));
    server.start();
  }

  @AfterEach
  void stop() {
    hold.countDown();
    server.close();
  }

  private Socket ask(String head) throws IOException {
    Socket socket = new Socket();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private String get(String path) throws IOException {
    try (Socket socket = ask("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")) {
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whoeverHasTheAnswerHoldsNoPlaceAnyMore() throws Exception {
    start();
    for (String path : List.of("/werk/klein", "/werk/groot")) {
      assertThat(get(path)).contains("200 OK");
      assertThat(places.working()).as(path).isZero();
    }
    assertThat(atTheEnd).containsExactly(0, 0);
  }

  @Test
  void whoeverReadsSlowlyHoldsNoPlace() throws Exception {
    start();
    try (Socket slow = ask("GET /werk/groot HTTP/1.1\nHost: localhost\n\n")) {
      large.await();
      assertThat(get("/werk/klein")).contains("200 OK").contains("1 aan het werk");
      slow.getInputStream().readNBytes(100_000);
      assertThat(get("/werk/klein")).contains("200 OK");
      assertThat(slow.getInputStream().readNBytes(10_000_000)).hasSize(10_000_000);
    }
  }

  @Test
  void whoeverSendsSlowlyHoldsNoPlace() throws Exception {
    start();
    String head =
        "POST /werk/lichaam HTTP/1.1\nHost: localhost\nContent-Length: 6\nConnection: close\n\n";
    try (Socket slow = ask(head + "123")) {
      assertThat(get("/werk/klein")).contains("200 OK").contains("1 aan het werk");
      slow.getOutputStream().write("456".getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(slow)).contains("200 OK").contains("6 bytes");
    }
    Until.holds("nobody works", () -> places.working() == 0);
  }

  @Test
  void whoeverFindsNoPlaceInTimeIsToldWhenToComeBack() throws Exception {
    start();
    try (Socket holding = ask("GET /werk/vast HTTP/1.1\nHost: localhost\nConnection: close\n\n")) {
      entered.await();
      assertThat(get("/werk/klein")).contains("503 ").contains("Retry-After: 5\r\n");
      assertThat(get("/werk/vrij")).contains("200 OK");
      hold.countDown();
      assertThat(answer(holding)).contains("200 OK").contains("los");
      assertThat(get("/werk/klein")).contains("200 OK");
    }
  }

  @Test
  void whatFailsGivesItsPlaceBack() throws Exception {
    start();
    for (int i = 0; i < 5; i++) {
      try (Socket gone = ask("GET /werk/groot HTTP/1.1\nHost: localhost\n\n")) {
        gone.getInputStream().readNBytes(1_000);
      }
    }
    assertThat(get("/werk/klein")).contains("200 OK").contains("1 aan het werk");
  }
}
