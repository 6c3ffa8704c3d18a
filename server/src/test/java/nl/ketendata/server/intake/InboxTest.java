package nl.ketendata.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.Until;
import nl.ketendata.server.testing.WebClient;
import nl.ketendata.server.testing.ZipMaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static KnownGemeente known;

  @TempDir private Path data;
  private final List<Entry> audited = new CopyOnWriteArrayList<>();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final SetClock clock = new SetClock(Instant.parse("2026-01-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private TestServer server;
  private Inbox inbox;
  private Path folder;

  @BeforeAll
  static void makeKnown(@TempDir Path shared) {
    known = new KnownGemeente(shared, "GM9030");
  }

  @BeforeEach
  void open() throws IOException {
    known.copyTo(data);
    server = new TestServer(data);
    folder = Files.createDirectories(data.resolve("inbox/GM9030/ijw"));
    inbox = inbox();
  }

  private Inbox inbox() {
    Events events = new Events(List.of(seen::add));
    return new Inbox(
        new InboxSettings(data, QUIET, Duration.ofDays(30)),
        server.store()::gemeenten,
        new Intake(
            server.ingest(), events, new Refusals(data, Clock.systemUTC()), audited::add, () -> {}),
        new Board(events, Duration.ofMinutes(1), new ProgressFiles(data, Clock.systemUTC())),
        events,
        clock,
        nanos::get);
  }

  @AfterEach
  void close() {
    inbox.close();
    server.close();
  }

  private static byte[] zip(String file, String text) {
    return new ZipMaker().with(file, text).bytes();
  }

  private static byte[] good() {
    return zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\n");
  }

  /** Looks after a while, and waits until what was found has been handled. */
  private void look(Duration after) throws Exception {
    nanos.addAndGet(after.toNanos());
    inbox.look();
    Until.holds("idle", inbox::idle);
  }

  private void lookTwice() throws Exception {
    look(Duration.ZERO);
    look(QUIET);
  }

  private List<String> events() {
    return seen.stream()
        .filter(event -> event.name().startsWith("Delivery"))
        .map(event -> event.name() + " " + event.fields())
        .toList();
  }

  private List<String> files(Path where) throws IOException {
    try (Stream<Path> files = Files.walk(where)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> where.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> rows() {
    return server.sql(TestServer.caller("GM9030"), "select Bericht_Id from JW301 order by 1");
  }

  @Test
  void takesInWhatWasThereWhenItBeganAndWhatComesLater() throws Exception {
    Files.write(folder.resolve(NAME), good());
    String owner = Files.getOwner(folder.resolve(NAME)).getName();
    lookTwice();
    assertThat(rows()).containsExactly("a");
    assertThat(events())
        .singleElement()
        .asString()
        .startsWith("DeliveryPublished gemeente=GM9030 product=ijw delivery=" + NAME)
        .endsWith("by=" + owner + " road=inbox");

    byte[] next = zip("JW301.csv", "Bericht_Id\nb\n");
    Files.write(folder.resolve(NAME.replace("0107", "0114")), next);
    Files.write(folder.resolve(NAME), good());
    lookTwice();

    assertThat(rows()).containsExactly("a", "b");
    assertThat(events()).hasSize(3).anyMatch(event -> event.startsWith("DeliveryKnown "));
    assertThat(files(data.resolve("inbox"))).isEmpty();
  }

  @Test
  void makesTheFoldersOfEveryGemeenteThatIsKnown() throws Exception {
    look(Duration.ZERO);

    assertThat(data.resolve("inbox/GM9030/iwmo")).isDirectory();
  }

  @Test
  void waitsUntilAFileIsCompleteAndNoLongerChanges() throws Exception {
    byte[] good = good();
    Path file = folder.resolve(NAME);
    Files.write(file, Arrays.copyOf(good, good.length / 2));
    lookTwice();
    look(QUIET);
    assertThat(events()).isEmpty();

    Files.write(
        file, Arrays.copyOfRange(good, good.length / 2, good.length), StandardOpenOption.APPEND);
    look(Duration.ZERO);
    look(QUIET.minusMillis(1));
    assertThat(events()).isEmpty();
    look(Duration.ofMillis(1));
    assertThat(events()).singleElement().asString().startsWith("DeliveryPublished ");
  }

  @Test
  void leavesAloneWhatIsNoDelivery() throws Exception {
    Path elsewhere = Files.write(data.resolve("elders.zip"), good());
    for (String name : List.of(NAME + ".part", NAME + ".tmp", "." + NAME, "lees mij.txt")) {
      Files.write(folder.resolve(name), good());
    }
    Files.createSymbolicLink(folder.resolve(NAME), elsewhere);
    Files.createDirectory(folder.resolve("map.zip"));
    Files.createDirectories(data.resolve("inbox/kladblok/ijw"));
    Files.write(data.resolve("inbox/kladblok/ijw").resolve(NAME), good());
    List<String> before = files(data.resolve("inbox"));
    lookTwice();
    look(Duration.ofHours(1));

    assertThat(seen).isEmpty();
    assertThat(files(data.resolve("inbox"))).isEqualTo(before);
  }

  @Test
  void putsWhatIsRefusedAsideWithTheReason() throws Exception {
    Files.write(folder.resolve(NAME), good());
    lookTwice();
    String version = server.mounted("GM9030", Product.IJW).version();
    refuse("KD108", zip("JW301.csv", "Bericht_Id\nz\n"), NAME, NAME);
    refuse("KD108", zip("JW301.csv", "Bericht_Id\ny\n"), NAME, NAME.replace(".zip", ".2.zip"));
    String other = NAME.replace("0107", "0114");
    String third = other.replace(".zip", ".2.zip");
    refuse("KD204", zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9031\n"), other, other);
    refuse("KD106", zip("WMO301.csv", "Bericht_Id\na\n"), other, third);
    refuse("KD103", zip("../JW301.csv", "x"), other, other.replace(".zip", ".3.zip"));

    assertThat(server.mounted("GM9030", Product.IJW).version()).isEqualTo(version);
    assertThat(rows()).containsExactly("a");
  }

  private void refuse(String code, byte[] zip, String name, String aside) throws Exception {
    Files.write(folder.resolve(name), zip);
    seen.clear();
    lookTwice();
    Path refused = folder.resolve("geweigerd").resolve(aside);
    assertThat(refused).hasBinaryContent(zip);
    JsonNode report =
        WebClient.parse(Files.readString(refused.resolveSibling(aside + ".verslag.json")));
    assertThat(report.path("code").asText()).isEqualTo(code);
    assertThat(report.path("levering").asText()).isEqualTo(name);
    assertThat(folder.resolve(name)).doesNotExist();
    assertThat(events())
        .singleElement()
        .asString()
        .startsWith("DeliveryRefused gemeente=GM9030 product=ijw delivery=" + name)
        .contains(" code=" + code + " ")
        .endsWith(" road=inbox");
  }

  @Test
  void refusesInTheEndWhatNeverBecomesAZip() throws Exception {
    Files.write(folder.resolve(NAME), "geen zip".getBytes(StandardCharsets.UTF_8));
    lookTwice();
    assertThat(seen).isEmpty();
    look(Duration.ofSeconds(30));

    assertThat(files(folder))
        .containsExactly("geweigerd/" + NAME, "geweigerd/" + NAME + ".verslag.json");
  }

  /** The name of a folder may be a slip of the pen. */
  @Test
  void makesNoGemeenteOfAFolder() throws Exception {
    Path other = Files.createDirectories(data.resolve("inbox/GM9999/ijw"));
    Files.write(other.resolve(NAME), good());
    lookTwice();

    assertThat(events()).singleElement().asString().contains("code=KD603");
    assertThat(files(other))
        .containsExactly("geweigerd/" + NAME, "geweigerd/" + NAME + ".verslag.json");
    assertThat(server.store().gemeenten()).containsExactly(Gemeente.parse("GM9030"));
  }

  @Test
  void keepsForLaterWhatFailedByAFaultOfOurs() throws Exception {
    Path workshop = data.resolve("gemeenten/GM9030/ijw/bouw");
    Path away = data.resolve("weg");
    Files.move(workshop, away);
    Files.writeString(workshop, "");
    Files.write(folder.resolve(NAME), good());
    lookTwice();
    assertThat(seen).anyMatch(Event.FaultFound.class::isInstance);
    assertThat(files(folder)).containsExactly(NAME);
    Files.delete(workshop);
    Files.move(away, workshop);
    seen.clear();
    look(Duration.ofSeconds(1));
    assertThat(seen).isEmpty();
    look(Duration.ofMinutes(1));

    assertThat(rows()).containsExactly("a");
  }

  @Test
  void looksByItself() throws Exception {
    inbox.close();
    inbox =
        new Inbox(
            new InboxSettings(data, Duration.ofMillis(50), Duration.ofDays(30)),
            server.store()::gemeenten,
            new Intake(
                server.ingest(),
                new Events(List.of(seen::add)),
                new Refusals(data, Clock.systemUTC()),
                audited::add,
                () -> {}),
            new Board(
                Events.silent(), Duration.ofMinutes(1), new ProgressFiles(data, Clock.systemUTC())),
            new Events(List.of(seen::add)),
            clock,
            System::nanoTime);
    Files.write(folder.resolve(NAME), good());
    inbox.start();
    Until.holds("taken", () -> !Files.exists(folder.resolve(NAME)));
    assertThat(rows()).containsExactly("a");
  }

  @Test
  void deletesWhatWasRefusedAfterAWhile() throws Exception {
    Files.write(folder.resolve(NAME), zip("lees mij.txt", "hallo"));
    lookTwice();
    assertThat(files(folder)).hasSize(2);
    Quarantine quarantine = new Quarantine(data.resolve("inbox"), Duration.ofDays(30), clock);
    Files.write(folder.resolve("oud.zip"), good());
    Files.setLastModifiedTime(folder.resolve("oud.zip"), FileTime.fromMillis(0));
    clock.forward(Duration.ofDays(30));
    quarantine.deleteOld();
    assertThat(files(folder)).hasSize(3);
    clock.forward(Duration.ofSeconds(1));
    quarantine.deleteOld();

    assertThat(files(folder)).containsExactly("oud.zip");
  }

  @Test
  void keepsReadableBsnsForADayOnlyAndTheReasonAsLongAsOthers() throws Exception {
    Files.write(folder.resolve(NAME), zip("JW301.csv", "Bericht_Id,Client_Bsn\na,999900006\n"));
    lookTwice();
    assertThat(files(folder)).hasSize(2).contains("geweigerd/" + NAME);
    Quarantine quarantine = new Quarantine(data.resolve("inbox"), Duration.ofDays(30), clock);
    clock.forward(Duration.ofDays(1));
    quarantine.deleteOld();
    assertThat(files(folder)).hasSize(2);
    clock.forward(Duration.ofSeconds(1));
    quarantine.deleteOld();

    String report = "geweigerd/" + NAME + ".verslag.json";
    assertThat(files(folder)).containsExactly(report);
    assertThat(folder.resolve(report)).content().contains("KD205").doesNotContain("999900006");
  }
}
