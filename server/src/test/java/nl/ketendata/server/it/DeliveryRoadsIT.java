package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that reach a serving process over HTTP and by the inbox. */
class DeliveryRoadsIT {
  private static final String PLACE = "leveringen/GM9030/ijw/";
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-202401%02d060000.zip";
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  private Path delivery(int day, String row) {
    return Deliveries.zip(
        folder,
        NAME.formatted(day),
        Map.of("JW301.csv", "Bericht_Id,Header_Afzender\n" + row + "\n"));
  }

  /** A file that we do not know, stored as it is, makes the ZIP larger than the heap. */
  private Path large(int day, int mebibytes) throws IOException {
    Path zip = folder.resolve(NAME.formatted(day));
    byte[] piece = new byte[MEBIBYTE];
    CRC32 crc = new CRC32();
    for (int i = 0; i < mebibytes; i++) {
      crc.update(piece);
    }
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("bijlage.bin");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize((long) mebibytes * MEBIBYTE);
      entry.setCrc(crc.getValue());
      zipped.putNextEntry(entry);
      for (int i = 0; i < mebibytes; i++) {
        zipped.write(piece);
      }
      zipped.putNextEntry(new ZipEntry("JW301.csv"));
      zipped.write("Bericht_Id,Header_Afzender\ngroot,9030\n".getBytes(StandardCharsets.UTF_8));
    }
    return zip;
  }

  private static HttpResponse<String> put(JarServer server, String password, Path zip)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve(PLACE + zip.getFileName()))
            .header("Authorization", basic(password))
            .timeout(LONGEST)
            .PUT(HttpRequest.BodyPublishers.ofFile(zip))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String password) {
    byte[] pair = ("anna:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static List<Path> files(Path where) throws IOException {
    if (!Files.exists(where)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(where)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void await(Check check) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static void awaitGone(Path file) throws Exception {
    await(() -> !Files.exists(file));
  }

  @Test
  void takesDeliveriesLargerThanTheHeapAndThoseOfWhenItWasDown() throws Exception {
    Path data = folder.resolve("data");
    Gemeenten.ingest(data, "GM9030", delivery(7, "a,9030"));
    String password = Gemeenten.user(data, "anna", "GM9030", "beheerder");
    Path inbox = data.resolve("inbox/GM9030/ijw");
    try (JarServer server = JarServer.serve(data, "64m")) {
      HttpResponse<String> answer = put(server, password, large(14, 100));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      assertThat(WebClient.parse(answer.body()).path("onbekendeBestanden").get(0).asText())
          .isEqualTo("bijlage.bin");
      Files.copy(delivery(21, "b,9030"), inbox.resolve(NAME.formatted(21)));
      awaitGone(inbox.resolve(NAME.formatted(21)));
      try (Socket half = halfOfADelivery(server.url(), password)) {
        await(() -> files(data.resolve("inkomend")).size() == 1);
        server.kill();
        assertThat(half.isClosed()).isFalse();
      }
    }
    assertThat(files(data.resolve("inkomend"))).hasSize(1);
    Files.copy(delivery(28, "c,9030"), inbox.resolve(NAME.formatted(28)));
    Files.copy(delivery(29, "d,9031"), inbox.resolve(NAME.formatted(29)));
    try (JarServer server = JarServer.serve(data, "64m")) {
      awaitGone(inbox.resolve(NAME.formatted(28)));
      awaitGone(inbox.resolve(NAME.formatted(29)));
      assertThat(files(data.resolve("inkomend"))).isEmpty();
      WebClient client = server.client("anna", password);
      assertThat(client.text("odata/GM9030/ijw/JW301/$count")).isEqualTo("4");
      JsonNode history = client.json(PLACE);
      List<String> told = new ArrayList<>();
      history.path("leveringen").forEach(one -> told.add(one.path("naam").asText()));
      assertThat(told)
          .containsExactlyInAnyOrder(
              NAME.formatted(7), NAME.formatted(14), NAME.formatted(21), NAME.formatted(28));
      assertThat(history.path("geweigerd").get(0).path("code").asText()).isEqualTo("KD204");
      assertThat(inbox.resolve("geweigerd").resolve(NAME.formatted(29))).exists();
      assertThat(server.said()).contains("road=inbox").contains("code=KD204");
    }
  }

  private static Socket halfOfADelivery(URI url, String password) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    String head =
        "PUT /%s%s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Length: 5000\r\n\r\n"
            .formatted(PLACE, NAME.formatted(30), url.getAuthority(), basic(password));
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[2500]);
    out.flush();
    return socket;
  }
}
