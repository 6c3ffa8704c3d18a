package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {
  private static final long ROOM = 4 << 20;

  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private KeptAnswers kept;
  private WebServer server;

  /** Answers with its path as often as its query says; a path that ends in x breaks off. */
  private final class Repeating implements Head {
    @Override
    public String segment() {
      return "herhaal";
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      AnswerKey key = AnswerKey.of("versie/1", exchange.rawPath(), exchange.rawQuery().orElse(""));
      if (exchange.replay(key)) {
        return;
      }
      made.incrementAndGet();
      try (OutputStream out =
          exchange.respond(200, Map.of("Content-Type", "text/plain", "ETag", "\"1\"", "X", "y"))) {
        for (int i = 0; i < Integer.parseInt(exchange.rawQuery().orElse("1")); i++) {
          out.write((exchange.rawPath() + " " + i + "\n").getBytes(StandardCharsets.UTF_8));
        }
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

  @BeforeEach
  void start() {
    kept = KeptAnswers.in(folder, ROOM, 64 * 1024, ROOM);
    Authenticator anybody = Authenticator.open(List::of);
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new Repeating()),
            anybody,
            Events.silent(),
            kept,
            List.of());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheSameAnswerAgainWithoutMakingIt() throws Exception {
    for (String path : List.of("/herhaal/klein?3", "/herhaal/groot?50000")) {
      made.set(0);
      HttpResponse<byte[]> first = get(path);
      HttpResponse<byte[]> again = get(path);

      assertThat(made).hasValue(1);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers().firstValue("X")).contains("y");
      assertThat(again.headers().firstValue("Content-Type")).contains("text/plain");
      assertThat(again.headers().firstValueAsLong("Content-Length")).hasValue(first.body().length);
    }
  }

  @Test
  void worksOutOnceWhatManyAskAtTheSameTime() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/herhaal/samen?50000"))
            .build();
    List<CompletableFuture<HttpResponse<byte[]>>> answers =
        Stream.generate(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
            .limit(8)
            .toList();
    for (var answer : answers) {
      assertThat(answer.join().body()).isEqualTo(answers.get(0).join().body());
    }
    assertThat(made).hasValue(1);
  }

  /** Whoever has an answer may ask for it again at once. */
  @Test
  void anAnswerIsKeptWhenItIsThere() throws Exception {
    for (int i = 0; i < 200; i++) {
      kept.retain(source -> false);
      get("/herhaal/" + i + "?3");
      assertThat(kept.bytes()).as("answer " + i).isPositive();
    }
  }

  @Test
  void worksOutOnceWhatManyAskOfWhichNothingIsLong() throws Exception {
    for (int i = 0; i < 60; i++) {
      made.set(0);
      HttpRequest request = HttpRequest.newBuilder(uri("/herhaal/kort" + i + "?1")).build();
      Stream.generate(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
          .limit(8)
          .toList()
          .forEach(CompletableFuture::join);
      assertThat(made).as("round " + i).hasValue(1);
    }
  }

  @Test
  void whoWaitsForAnAnswerThatBreaksOffGetsOneOfHisOwn() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/herhaal/samen-x?50000"))
            .build();
    List<CompletableFuture<HttpResponse<byte[]>>> answers =
        Stream.generate(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
            .limit(3)
            .toList();
    for (var answer : answers) {
      assertThat(answer.handle((got, failure) -> failure != null).join()).isTrue();
    }
    assertThat(made).hasValue(3);
  }

  @Test
  void keepsThePackedAnswerBesideThePlainOne() throws Exception {
    String path = "/herhaal/groot?50000";
    byte[] plain = get(path).body();

    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> gzip = get(path, "Accept-Encoding", "gzip");
      HttpResponse<byte[]> zstd = get(path, "Accept-Encoding", "zstd;q=1, gzip;q=0.5");
      assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(gzip.headers().firstValue("ETag")).contains("W/\"1\"");
      assertThat(zstd.headers().firstValue("Content-Encoding")).contains("zstd");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
          .isEqualTo(plain);
      assertThat(new ZstdInputStream(new ByteArrayInputStream(zstd.body())).readAllBytes())
          .isEqualTo(plain);
      assertThat(gzip.headers().firstValue("Content-Length").isPresent()).isEqualTo(i == 1);
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void answersAQuestionForTheHeadersFromWhatIsKept() throws Exception {
    int length = get("/herhaal/groot?50000").body().length;

    HttpRequest head =
        HttpRequest.newBuilder(uri("/herhaal/groot?50000"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> answer = client.send(head, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(length);
    assertThat(answer.body()).isEmpty();
    assertThat(made).hasValue(1);
  }

  @Test
  void neverKeepsAnAnswerThatWasCutOff() throws Exception {
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> get("/herhaal/x?50000")).isInstanceOf(IOException.class);
      assertThat(made).hasValue(i);
    }
    assertThat(kept.bytes()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void neverKeepsAnAnswerWhoseReaderLeft() throws Exception {
    try (var socket = new java.net.Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write("GET /herhaal/groot?200000 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
      socket.getInputStream().read(new byte[1_000]);
      socket.setSoLinger(true, 0);
    }
    Until.holds("nothing left", () -> files().isEmpty());
    assertThat(kept.bytes()).isZero();
  }

  @Test
  void staysWithinItsRoomAndForgetsWhatWasNotAskedForLongest() throws Exception {
    for (int i = 0; i < 12; i++) {
      get("/herhaal/" + i + "?25000");
      get("/herhaal/0?25000");
      assertThat(sizes()).isLessThanOrEqualTo(ROOM);
    }
    assertThat(made).hasValue(12);

    get("/herhaal/1?25000");
    assertThat(made).hasValue(13);
  }

  @Test
  void doesNotLetOneAnswerDriveOutTheOthers() throws Exception {
    get("/herhaal/klein?20000");
    get("/herhaal/reus?200000");
    get("/herhaal/klein?20000");
    get("/herhaal/reus?200000");

    assertThat(made).hasValue(3);
  }

  @Test
  void forgetsTheAnswersOfDataThatIsGone() throws Exception {
    get("/herhaal/groot?50000");
    get("/herhaal/klein?2");

    kept.retain(source -> source.equals("versie/1"));
    get("/herhaal/groot?50000");
    assertThat(made).hasValue(2);

    kept.retain(source -> source.equals("versie/2"));
    assertThat(files()).isEmpty();
    assertThat(kept.bytes()).isZero();
    get("/herhaal/klein?2");
    assertThat(made).hasValue(3);
  }

  @Test
  void makesAnAnswerAgainWhoseFileIsGone() throws Exception {
    byte[] first = get("/herhaal/groot?50000").body();
    for (Path file : files()) {
      Files.delete(file);
    }

    assertThat(get("/herhaal/groot?50000").body()).isEqualTo(first);
    assertThat(made).hasValue(2);
  }

  @Test
  void leavesNothingBehindFromBefore() throws Exception {
    Files.writeString(folder.resolve("7.antwoord"), "oud");
    Files.writeString(folder.resolve("aantekening.txt"), "blijft");

    KeptAnswers.in(folder, ROOM, ROOM, 0).close();

    assertThat(folder.resolve("7.antwoord")).doesNotExist();
    assertThat(folder.resolve("aantekening.txt")).exists();
  }

  @Test
  void tellsPartsOfAKeyApart() {
    assertThat(AnswerKey.of("v", "ab", "c")).isNotEqualTo(AnswerKey.of("v", "a", "bc"));
    assertThat(AnswerKey.of("v", "a")).isNotEqualTo(AnswerKey.of("w", "a"));
    assertThat(AnswerKey.of("v", "a", "b")).isEqualTo(AnswerKey.of("v", "a", "b"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".antwoord")).toList();
    }
  }

  private long sizes() throws IOException {
    long sum = 0;
    for (Path file : files()) {
      sum += Files.size(file);
    }
    return sum;
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
