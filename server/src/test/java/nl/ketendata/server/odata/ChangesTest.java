package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Rebuild;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following a delta link, against the difference of two full walks. */
class ChangesTest {
  private static final List<String> QUESTIONS =
      List.of(
          "JW301",
          "JW301?$select=Header_BerichtVersie",
          "JW301?$filter=Header_BerichtVersie%20gt%201&$orderby=Header_BerichtVersie",
          "JW301_ToegewezenProduct?$filter=JW301/Header_BerichtVersie%20gt%201",
          "JW301?$filter=ToegewezenProduct/any(p:p/Budget%20gt%2050)&$count=true",
          "JW301_ToegewezenProduct?$filter=@min%20lt%20Budget&@min=30&$select=Budget");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Instant.now());
  private TestServer server;
  private ODataHead head;
  private int delivered;

  @BeforeEach
  void start() {
    server = new TestServer(folder, clock);
    head = new ODataHead(server.door(), Catalogue.read(), new ODataSettings(50, 100));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheDifferenceOfTwoWalksWhateverWasDelivered(long seed) {
    Random random = new Random(seed);
    deliver(random, false);
    List<Map<String, Walk>> known = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      Map<String, Walk> walks = new TreeMap<>();
      QUESTIONS.forEach(question -> walks.put(question, walk(question)));
      for (Map<String, Walk> earlier : known) {
        earlier.forEach((question, before) -> compare(question, before, walks.get(question)));
      }
      known.add(walks);
      deliver(random, round == 2);
    }
  }

  private void compare(String question, Walk before, Walk now) {
    Map<String, JsonNode> followed = new TreeMap<>(before.rows);
    List<String> seen = new ArrayList<>();
    String delta = before.deltaLink;
    String last = "";
    while (last.isEmpty()) {
      JsonNode page = get(delta);
      for (JsonNode change : page.get("value")) {
        String key = key(change);
        seen.add(key);
        if (!change.has("@removed")) {
          assertThat(before.rows.get(key)).as("unchanged: %s", key).isNotEqualTo(change);
          followed.put(key, change);
          continue;
        }
        assertThat(followed.remove(key)).as("removed, but not known: %s", key).isNotNull();
        assertThat(change.get("reason")).isEqualTo(change.get("@removed").get("reason"));
        assertThat(change.get("id").asText()).endsWith("('" + key + "')");
        String reason = change.get("reason").asText();
        assertThat(reason).isEqualTo(exists(change.get("id").asText()) ? "changed" : "deleted");
      }
      delta = page.path("@odata.nextLink").asText();
      last = page.path("@odata.deltaLink").asText();
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(followed).as(question).isEqualTo(now.rows);
    assertThat(get(last).get("value")).isEmpty();
  }

  private record Walk(Map<String, JsonNode> rows, String deltaLink) {}

  /** Asks for the wish on the first page only, as OData has it. */
  private Walk walk(String below) {
    // The key, and what tells another row from the same one with equal content.
    String select =
        below.contains("$select")
            ? below.replace("$select=", "$select=Levering_Nummer," + key(below))
            : below;
    Map<String, JsonNode> rows = new TreeMap<>();
    JsonNode page =
        ODataFixture.json(
            send(
                new FakeExchange("GET", ODataFixture.ROOT + select)
                    .with("Prefer", "odata.track-changes,odata.maxpagesize=7")));
    while (true) {
      page.get("value").forEach(row -> rows.put(key(row), row));
      if (page.has("@odata.deltaLink")) {
        return new Walk(rows, page.get("@odata.deltaLink").asText());
      }
      page = get(page.get("@odata.nextLink").asText());
    }
  }

  private static String key(String below) {
    return below.startsWith("JW301_") ? "ToegewezenProduct_Id," : "Bericht_Id,";
  }

  private static String key(JsonNode row) {
    String child = row.path("ToegewezenProduct_Id").asText();
    return child.isEmpty() ? row.get("Bericht_Id").asText() : child;
  }

  @Test
  void tellsWhatIsTrackedAndWhatIsNot() {
    deliver(new Random(5), false);
    for (String below : QUESTIONS) {
      FakeExchange answer = tracked(below);
      assertThat(answer.answered("Preference-Applied")).as(below).contains("odata.track-changes");
    }
    for (String below :
        List.of(
            "JW301?$top=3",
            "JW301?$skip=3",
            "JW301?$expand=ToegewezenProduct",
            "JW301?$filter=Levering_GeladenOp%20lt%20now()",
            "JW301/$ref")) {
      FakeExchange answer = tracked(below);
      assertThat(answer.status()).as(below).isEqualTo(200);
      assertThat(answer.answered("Preference-Applied")).as(below).isEmpty();
      assertThat(answer.text()).as(below).doesNotContain("deltaLink");
    }
  }

  @Test
  void writesTheContextOfADelta() {
    deliver(new Random(6), false);
    Walk walk = walk("JW301?$select=Header_BerichtVersie");

    JsonNode delta = get(walk.deltaLink);
    assertThat(delta.get("@odata.context").asText())
        .endsWith("#JW301(Levering_Nummer,Bericht_Id,Header_BerichtVersie)/$delta");
    assertThat(get(walk.deltaLink + "&$format=application/json;odata.metadata=none"))
        .doesNotContain(delta.get("@odata.context"));
  }

  @Test
  void namesRowsThatDoNotSayWhichTheyAre() {
    deliver(new Random(11), false);
    FakeExchange walk = tracked("JW301?$select=Header_BerichtVersie");
    deliver(new Random(12), false);

    JsonNode changes = get(ODataFixture.json(walk).get("@odata.deltaLink").asText()).get("value");
    assertThat(changes).isNotEmpty();
    changes.forEach(
        change -> {
          assertThat(exists(change.get("@odata.id").asText())).isTrue();
          assertThat(change.has("Bericht_Id")).isFalse();
        });
  }

  @Test
  void refusesALinkOfAnotherQuestion() {
    deliver(new Random(7), false);
    String link = walk("JW301").deltaLink;

    assertThat(send(exchange(link + "&$filter=Bericht_Id%20eq%20'm1'")).status()).isEqualTo(400);
    assertThat(send(exchange(link.replace("/JW301?", "/JW302?"))).status()).isEqualTo(400);
    assertThat(send(exchange(link.replace("deltatoken=", "deltatoken=x"))).status()).isEqualTo(400);
    assertThat(send(exchange(link.replace("/JW301?", "/JW301/$count?"))).status()).isEqualTo(400);
  }

  @Test
  void isGoneWhenTheVersionIsNoLongerKept() throws IOException {
    deliver(new Random(8), false);
    String link = walk("JW301").deltaLink;
    deliver(new Random(9), false);
    FakeExchange kept = send(exchange(link));
    assertThat(kept.status()).isEqualTo(200);
    String tag = kept.answered("ETag").orElseThrow();
    assertThat(send(exchange(link).with("If-None-Match", tag)).status()).isEqualTo(304);

    clock.forward(Duration.ofHours(2));
    server.store().deleteOldVersions();

    FakeExchange answer = send(exchange(link));
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.text()).contains("KD410");
    assertThat(send(exchange(link).with("If-None-Match", tag)).status())
        .as("what a client knows ends with its version")
        .isEqualTo(410);
    Walk again = walk("JW301");
    deliver(new Random(10), false);
    compare("JW301", again, walk("JW301"));
  }

  @Test
  void goesOnOverDataThatWasMadeAnew() {
    deliver(new Random(13), false);
    deliver(new Random(14), true);
    Walk before = walk("JW301");
    new Rebuild(TestServer.CATALOGUE, server.ingestSettings(), clock)
        .rebuild(new Gemeente("9030"), Product.IJW, Progress.NONE);
    assertThat(get(before.deltaLink).get("value")).as("the same rows").isEmpty();
    compare("JW301", before, walk("JW301"));
    deliver(new Random(15), false);
    compare("JW301", before, walk("JW301"));
  }

  /** The column was not recognised when the data were first made. */
  @Test
  void isExactOrGoneWhenColumnsAreRecognisedDifferentlyAnew() throws IOException {
    String messages = "Bericht_Id,Versie,Header_BerichtIdentificatie_Dagtekening\n";
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20240101000001.zip",
        Map.of("JW301.csv", messages + "a,1,03-04-2024\nb,,05-06-2024\nc,3,\n"));
    Walk all = walk("JW301");
    Walk chosen = walk("JW301?$select=Header_BerichtVersie");
    Walk filtered = walk("JW301?$filter=Header_BerichtVersie%20eq%203&$select=Bericht_Id");
    Walk unknown = walk("JW301?$select=Versie");
    Walk others = walk("JW301?$select=Bericht_Id");

    Files.writeString(
        folder.resolve("aliassen.csv"),
        "bestand,naam,betekent\nJW301,Versie,Header_BerichtVersie\n");
    new Rebuild(TestServer.CATALOGUE, server.ingestSettings(), clock)
        .rebuild(new Gemeente("9030"), Product.IJW, Progress.NONE);

    compare("chosen", chosen, walk("JW301?$select=Header_BerichtVersie"));
    compare(
        "filtered",
        filtered,
        walk("JW301?$filter=Header_BerichtVersie%20eq%203&$select=Bericht_Id"));
    assertThat(get(others.deltaLink).get("value")).as("nothing of what is shown").isEmpty();
    for (Walk gone : List.of(all, unknown)) {
      FakeExchange answer = send(exchange(gone.deltaLink));
      assertThat(answer.status()).as(answer.text()).isEqualTo(410);
      assertThat(answer.text()).contains("KD410");
    }
    deliver(new Random(16), false);
    compare("chosen", chosen, walk("JW301?$select=Header_BerichtVersie"));
  }

  private FakeExchange tracked(String below) {
    return send(
        new FakeExchange("GET", ODataFixture.ROOT + below).with("Prefer", "odata.track-changes"));
  }

  private boolean exists(String id) {
    return send(exchange(id)).status() == 200;
  }

  private JsonNode get(String link) {
    FakeExchange answer = send(exchange(link).with("Prefer", "odata.maxpagesize=5"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode page = ODataFixture.json(answer);
    page.get("value").forEach(row -> ((ObjectNode) row).remove("@odata.context"));
    return page;
  }

  private static FakeExchange exchange(String link) {
    return new FakeExchange("GET", link.replace("https://data.example", ""));
  }

  private FakeExchange send(FakeExchange exchange) {
    return ODataFixture.send(head, exchange);
  }

  /** Some rows, new and old, with other content; its moment may lie before that of others. */
  private void deliver(Random random, boolean replaces) {
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_BerichtVersie\n");
    StringBuilder products = new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Budget\n");
    for (int id = 0; id < 40; id++) {
      if (random.nextInt(3) == 0) {
        messages.append("m" + id + "," + random.nextInt(4) + "\n");
      }
      if (random.nextInt(3) == 0) {
        products.append("p" + id + ",m" + id / 2 + "," + random.nextInt(100) + "\n");
      }
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("JW301.csv", messages.toString());
    files.put("JW301_ToegewezenProduct.csv", products.toString());
    String name =
        "Ketendata-IJW-Test-2024%02d01%06d.zip".formatted(1 + random.nextInt(9), ++delivered);
    Path zip = Deliveries.zip(folder, name, files);
    clock.forward(Duration.ofMinutes(1));
    server
        .ingest()
        .take(
            new IngestOrder(
                zip, new Gemeente("9030"), Optional.empty(), Optional.empty(), replaces, "test"),
            Progress.NONE);
  }
}
