package nl.ketendata.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.Test;

/** How the bytes of a delivery come in, and what is left when they do not. */
class UploadTest extends IntakeFixture {
  @Test
  void takesABodyOfUnknownLengthUpToTheLimit() throws Exception {
    byte[] good = good();
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(good));
    assertThat(send("anna", "PUT", PLACE + NAME, chunked).statusCode()).isEqualTo(201);
    BodyPublisher large =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[MOST + 1]));
    String name = NAME.replace("0107", "0114");
    assertThat(answer(send("anna", "PUT", PLACE + name, large))).isEqualTo("413 KD340");
    assertThat(incoming()).isEmpty();
  }

  /** A client that asks first is spared from sending what is refused. */
  @Test
  void asksForTheBodyOnlyWhenItWillBeTaken() throws Exception {
    byte[] good = good();
    try (Socket socket = begin(good.length, "anna")) {
      InputStream in = socket.getInputStream();
      assertThat(line(in)).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(in)).isEmpty();
      socket.getOutputStream().write(good);
      assertThat(line(in)).isEqualTo("HTTP/1.1 201 Created");
    }
    try (Socket socket = begin(MOST + 1L, "anna")) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
    }
    try (Socket socket = begin(good.length, "daan")) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 403 ");
    }
  }

  /** Whoever sends slowly keeps a thread; a few of those must not keep out the others. */
  @Test
  void takesTwoDeliveriesOfAGemeenteAtOnceAndNoMore() throws Exception {
    try (Socket one = begin(good().length, "anna");
        Socket two = begin(good().length, "anna")) {
      assertThat(line(one.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(two.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      HttpResponse<byte[]> three = put("anna", PLACE + NAME, good());
      assertThat(answer(three)).isEqualTo("503 KD430");
      assertThat(three.headers().firstValue("Retry-After")).isPresent();
    }
    Until.holds("incoming", () -> incoming().isEmpty());
    assertThat(put("anna", PLACE + NAME, good()).statusCode()).isEqualTo(201);
  }

  /** It sends no more, and still listens. */
  @Test
  void saysHowMuchCameOfADeliveryThatWasCutOff() throws Exception {
    byte[] good = good();
    try (Socket socket = begin(good.length, "anna")) {
      InputStream in = socket.getInputStream();
      assertThat(line(in)).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(in)).isEmpty();
      socket.getOutputStream().write(good, 0, good.length / 2);
      socket.shutdownOutput();
      String half = good.length / 2 + " van " + good.length + " bytes";
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ")
          .contains("KD341", half);
    }
  }

  @Test
  void asksForNothingThatDoesNotFitOnTheDisk() throws Exception {
    stop();
    store = new TestServer(data);
    serve(false, Long.MAX_VALUE);
    try (Socket socket = begin(900_000_000_000_000_000L, "anna")) {
      InputStream in = socket.getInputStream();
      assertThat(line(in)).startsWith("HTTP/1.1 507 ");
      while (!line(in).isEmpty()) {
        // Headers.
      }
      assertThat(line(in)).contains("KD301", "MiB");
    }
    assertThat(incoming()).isEmpty();
  }

  @Test
  void forgetsADeliveryThatWasCutOff() throws Exception {
    byte[] good = good();
    try (Socket socket = begin(good.length, "anna")) {
      assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      socket.getOutputStream().write(good, 0, good.length / 2);
      Until.holds("incoming", () -> !incoming().isEmpty());
    }
    Until.holds("incoming", () -> incoming().isEmpty());

    assertThat(events()).isEmpty();
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
    assertThat(put("anna", PLACE + NAME, good).statusCode()).isEqualTo(201);
  }

  @Test
  void deletesWhatAnEarlierProcessLeft() throws Exception {
    Path left = Files.createDirectories(data.resolve("inkomend/GM9030-123"));
    Files.write(left.resolve(NAME), good());
    head.close();
    server.close();
    serve(false);

    assertThat(incoming()).isEmpty();
  }

  private Socket begin(long length, String who) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    OutputStream out = socket.getOutputStream();
    String head =
        "PUT %s HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Authorization: %s\r\n"
            + "Content-Length: %d\r\n"
            + "Expect: 100-continue\r\n\r\n";
    out.write(head.formatted(PLACE + NAME, who, length).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
