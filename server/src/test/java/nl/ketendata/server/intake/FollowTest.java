package nl.ketendata.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.Test;

/** What can be asked about deliveries: how far they are, what became of them, the ZIP itself. */
class FollowTest extends IntakeFixture {
  @Test
  void streamsProgressFromWhereItIsToTheEnd() throws Exception {
    put("anna", PLACE + NAME, good());
    String next = NAME.replace("0107", "0114");
    List<String> told = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + PLACE + "voortgang"))
            .header("Authorization", "daan")
            .build();
    HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (Stream<String> lines = answer.body()) {
      Iterator<String> all = lines.iterator();
      read(all, told, "event: klaar");
      assertThat(told.get(told.size() - 1)).contains(NAME).contains("\"rijen\":2");
      assertThat(put("anna", PLACE + next, zip("JW301.csv", "Bericht_Id\nz\n")).statusCode())
          .isEqualTo(201);
      read(all, told, "event: klaar");
      assertThat(told.get(told.size() - 1)).contains(next).contains("\"rijen\":1");
      head.close();
      all.forEachRemaining(told::add);
    }
    assertThat(seen).anyMatch(Event.DeliveryProgress.class::isInstance);
  }

  /** Reads up to the data of an event. */
  private static void read(Iterator<String> lines, List<String> told, String event) {
    String line = "";
    while (!line.equals(event)) {
      line = lines.next();
      told.add(line);
    }
    told.add(lines.next());
  }

  @Test
  void givesBackTheDeliveryAsItWasHandedInWholeOrInParts() throws Exception {
    byte[] good = good();
    put("anna", PLACE + NAME, good);
    HttpResponse<byte[]> whole = get("daan", PLACE + NAME);
    assertThat(whole.body()).isEqualTo(good);
    assertThat(whole.headers().firstValue("Content-Type")).contains("application/zip");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(part("If-None-Match", tag).statusCode()).isEqualTo(304);

    HttpResponse<byte[]> some = part("Range", "bytes=10-19");
    assertThat(some.statusCode()).isEqualTo(206);
    assertThat(some.body()).isEqualTo(Arrays.copyOfRange(good, 10, 20));
    assertThat(some.headers().firstValue("Content-Range")).contains("bytes 10-19/" + good.length);
    assertThat(part("Range", "bytes=-7").body())
        .isEqualTo(Arrays.copyOfRange(good, good.length - 7, good.length));
    assertThat(part("Range", "bytes=20-").body())
        .isEqualTo(Arrays.copyOfRange(good, 20, good.length));
    assertThat(answer(part("Range", "bytes=99999-"))).isEqualTo("416 KD346");
    assertThat(part("Range", "bytes=1-2,5-6").body()).isEqualTo(good);
    assertThat(part("Range", "bytes=1-2", "If-Range", "\"x\"").body()).isEqualTo(good);
    assertThat(send("daan", "HEAD", PLACE + NAME, BodyPublishers.noBody()).body()).isEmpty();
    assertThat(answer(get("daan", PLACE + NAME.replace("0107", "0114")))).isEqualTo("404 KD345");
    Files.delete(data.resolve("gemeenten/GM9030/ijw/leveringen/000001.zip"));
    assertThat(answer(get("daan", PLACE + NAME))).isEqualTo("410 KD347");
  }

  private HttpResponse<byte[]> part(String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PLACE + NAME))
            .header("Authorization", "daan")
            .headers(headers)
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void reportsOnWhatWasReadAndRefused() throws Exception {
    byte[] bad = zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\nb,9030,te,veel\n");
    assertThat(answer(put("anna", PLACE + NAME, bad))).isEqualTo("422 KD206");
    JsonNode told = WebClient.parse(WebClient.text(get("daan", PLACE + NAME + "/verslag")));
    assertThat(told.path("toestand").asText()).isEqualTo("geweigerd");
    assertThat(told.path("code").asText()).isEqualTo("KD206");
    JsonNode file = told.path("verslag").path("bestanden").get(0);
    assertThat(file.path("geweigerd").asInt()).isEqualTo(1);
    assertThat(answer(get("daan", PLACE + NAME))).isEqualTo("404 KD345");
  }

  /** A command line beside the server. */
  @Test
  void showsAlsoWhatAnotherProcessTakesInUpToItsEnd() throws Exception {
    ProgressFiles files = new ProgressFiles(data, Clock.systemUTC());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + PLACE + "voortgang"))
            .header("Authorization", "daan")
            .build();
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      Iterator<String> all = lines.iterator();
      List<String> told = new ArrayList<>();
      try (ToldProgress progress =
          new ToldProgress(files, Gemeente.parse("GM9030"), Product.IJW, NAME, 4711)) {
        progress.at("JW301.csv", 500, 1000);
        progress.rows(7);
        read(all, told, "event: verwerken");
        assertThat(told.get(told.size() - 1))
            .contains(NAME, "JW301.csv", "\"totaal\":1000", "\"rijen\":7");
        assertThat(history().path("onderweg").get(0).path("levering").asText()).isEqualTo(NAME);
        progress.ended(Failure.of(Code.OTHER_BYTES, NAME, "a", "b"));
      }
      read(all, told, "event: geweigerd");
      assertThat(told.get(told.size() - 1)).contains("KD108");
      assertThat(history().path("onderweg")).isEmpty();
      head.close();
    }
  }

  private JsonNode history() throws Exception {
    return WebClient.parse(WebClient.text(get("daan", PLACE)));
  }

  @Test
  void forgetsWhatNobodyWritesAnyMore() throws Exception {
    Instant began = Instant.now();
    ProgressFiles files = new ProgressFiles(data, Clock.fixed(began, ZoneOffset.UTC));
    Gemeente gemeente = Gemeente.parse("GM9030");
    new ToldProgress(files, gemeente, Product.IJW, NAME, 4711).close();
    assertThat(files.at(gemeente, Product.IJW)).hasSize(1);
    assertThat(files.at(gemeente, Product.IWMO)).isEmpty();
    ProgressFiles later =
        new ProgressFiles(data, Clock.fixed(began.plusSeconds(300), ZoneOffset.UTC));
    assertThat(later.at(gemeente, Product.IJW)).isEmpty();
    assertThat(files.at(gemeente, Product.IJW)).isEmpty();
  }
}
