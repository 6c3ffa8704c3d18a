package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that reads slowly keeps no head at work: what it has not taken waits on disk. */
@Timeout(180)
class SlowReadersTest {
  private static final int LINES = 60_000;
  private static final String LINE =
      "0123456789 0123456789 0123456789 0123456789 0123456789 %09d\n";
  private static final long ROOM = 1 << 30;

  @TempDir Path folder;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private KeptAnswers kept;
  private WebServer server;

  /** Answers with many lines; a path that ends in x breaks off, one that ends in k is kept. */
  private final class Large implements Head {
    @Override
    public String segment() {
      return "groot";
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      AnswerKey key = AnswerKey.of("versie/1", exchange.rawPath(), "");
      if (exchange.rawPath().endsWith("k") && exchange.replay(key)) {
        return;
      }
      begun.incrementAndGet();
      try (OutputStream out =
          exchange.respond(200, Map.of("Content-Type", "application/octet-stream"))) {
        for (int i = 0; i < LINES; i++) {
          out.write(line(i));
        }
        done.incrementAndGet();
        if (exchange.rawPath().endsWith("x")) {
          throw new IllegalStateException("broken off");
        }
      }
    }

    @Override
    public void refuse(Exchange exchange, Failure failure) throws IOException {
      PlainRefusal.write(exchange, failure);
    }
  }

  private static byte[] line(int number) {
    return String.format(LINE, number).getBytes(StandardCharsets.US_ASCII);
  }

  private void start(long room, Limits limits) {
    kept = KeptAnswers.in(folder, 1 << 30, 64 * 1024, room);
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new Large()),
            Authenticator.open(List::of),
            new Events(List.of(seen::add)),
            kept,
            List.of(),
            new Outside(TransportSettings.PLAIN, thread -> {}, Clock.systemUTC()),
            limits);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Socket ask(String path, String version) throws IOException {
    Socket socket = new Socket();
    socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    socket.setSoTimeout(60_000);
    String request = "GET " + path + " HTTP/" + version + "\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void assertWhole(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      head += (char) in.read();
    }
    assertThat(head).startsWith("HTTP/1.1 200");
    byte[] line = line(0);
    for (int i = 0; i < LINES; i++) {
      assertThat(in.readNBytes(line.length)).as("line " + i).isEqualTo(line(i));
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  private long files() {
    try (Stream<Path> names = Files.list(folder)) {
      return names.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theHeadIsDoneLongBeforeTheClient() throws Exception {
    start(ROOM, Limits.STANDARD);
    try (Socket socket = ask("/groot", "1.0")) {
      Until.holds("done", () -> done.get() == 1);
      assertThat(kept.spools().bytes()).isPositive();
      assertThat(seen).as("not over yet").isEmpty();
      assertWhole(socket);
    }
    Until.holds("room", () -> kept.spools().bytes() == 0 && files() == 0);
    Until.holds(
        "over", () -> seen.stream().anyMatch(event -> ended(event, Event.RequestDone.WHOLE)));
  }

  @Test
  void manyShareAFewThreads() throws Exception {
    start(ROOM, Impatient.places(2, 100));
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sockets.add(ask("/groot", "1.0"));
    }
    Until.holds("all done", () -> done.get() == 12);
    for (Socket socket : sockets) {
      assertWhole(socket);
      socket.close();
    }
  }

  @Test
  void aKeptAnswerNeedsNoThreadEither() throws Exception {
    start(ROOM, Impatient.places(1, 100));
    try (Socket first = ask("/groot/k", "1.0")) {
      assertWhole(first);
    }
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      slow.add(ask("/groot/k", "1.0"));
    }
    try (Socket other = ask("/groot/k", "1.0")) {
      assertWhole(other);
    }
    for (Socket socket : slow) {
      assertWhole(socket);
      socket.close();
    }
    assertThat(begun).hasValue(1);
  }

  @Test
  void whatWaitsIsGoneWithItsClient() throws Exception {
    start(ROOM, Limits.STANDARD);
    try (Socket socket = ask("/groot", "1.1")) {
      Until.holds("done", () -> done.get() == 1);
      socket.setSoLinger(true, 0);
    }
    Until.holds("room", () -> kept.spools().bytes() == 0 && files() == 0);
    Until.holds(
        "gone", () -> seen.stream().anyMatch(event -> ended(event, Event.RequestDone.GONE)));
  }

  @Test
  void withoutRoomTheHeadWaitsForItsClient() throws Exception {
    start(1 << 20, Limits.STANDARD);
    try (Socket socket = ask("/groot", "1.0")) {
      Until.holds("begun", () -> begun.get() == 1);
      Thread.sleep(1_500);
      assertThat(done).hasValue(0);
      assertWhole(socket);
    }
    assertThat(done).hasValue(1);
    Until.holds("room", () -> kept.spools().bytes() == 0);
  }

  @Test
  void anAnswerThatBreaksOffHasNoEnd() throws Exception {
    start(ROOM, Limits.STANDARD);
    try (Socket socket = ask("/groot/x", "1.1")) {
      Until.holds("done", () -> done.get() == 1);
      assertThat(everything(socket)).doesNotEndWith("\r\n0\r\n\r\n");
    }
    Until.holds("room", () -> kept.spools().bytes() == 0 && files() == 0);
  }

  private static String everything(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      // It was cut.
    }
    return all.toString(StandardCharsets.US_ASCII);
  }

  private static boolean ended(Event event, String ending) {
    return event instanceof Event.RequestDone done && done.ending().equals(ending);
  }
}
