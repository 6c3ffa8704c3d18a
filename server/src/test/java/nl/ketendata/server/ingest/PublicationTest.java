package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.store.LedgerEntry;
import nl.ketendata.server.store.VersionBuild;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publication records. */
class PublicationTest {
  private static final String FIRST = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private Path data;
  private final SetClock clock = new SetClock(Instant.parse("2026-03-01T12:00:00Z"));
  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void take(String by, Progress progress) {
    Path zip =
        Deliveries.zip(
            data, FIRST, Map.of("JW301.csv", "Bericht_Id\na\n", "JW302.csv", "Bericht_Id\nb\n"));
    server
        .ingest()
        .take(
            new IngestOrder(zip, GEMEENTE, Optional.empty(), Optional.empty(), false, by),
            progress);
  }

  @Test
  void datesRowsByTheMomentOfPublicationAndNotByTheBeginning() {
    take("inbox", (file, done, total) -> clock.forward(Duration.ofMinutes(10)));
    List<String> moments =
        server.sql(
            CALLER,
            "select cast(Levering_GeladenOp as varchar) from JW301 union all"
                + " select cast(Levering_GeladenOp as varchar) from JW302");
    assertThat(moments).containsExactly("2026-03-01 12:30:00", "2026-03-01 12:30:00");
  }

  @Test
  void recordsWhoHandedItInWithTheBytesAndTheReport() {
    take("inbox", Progress.NONE);
    try (VersionBuild build =
        VersionBuild.begin(
            data, GEMEENTE, Product.IJW, TestServer.CATALOGUE, new BuildSettings(128, 1), clock)) {
      var entry = build.known(FIRST).orElseThrow();
      assertThat(entry.by()).isEqualTo("inbox");
      assertThat(entry.bytes()).isEqualTo(data.resolve(FIRST).toFile().length());
      assertThat(entry.sha256()).matches("[0-9a-f]{64}");
      assertThat(entry.loadedAt()).isEqualTo(clock.instant());
      assertThat(entry.report()).contains("\"gelezen\":1");
    }
  }

  /** The clock may say what it likes: numbers and moments rise, and the name decides what holds. */
  @Test
  void keepsTheOrderOfPublicationWhenTheClockJumps() {
    List<Duration> jumps =
        List.of(Duration.ofDays(365), Duration.ofDays(-730), Duration.ZERO, Duration.ofHours(-1));
    for (int i = 0; i < jumps.size(); i++) {
      clock.forward(jumps.get(i));
      Duration within = Duration.ofMinutes(i % 2 == 0 ? -90 : 90);
      Path zip =
          Deliveries.zip(
              data,
              "Ketendata-IJW-Test-202401%02d060000.zip".formatted(28 - 7 * i),
              Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na," + i + "\nk" + i + ",1\n"));
      server
          .ingest()
          .take(
              new IngestOrder(zip, GEMEENTE, Optional.empty(), Optional.empty(), false, "test"),
              (step, done, total) -> clock.forward(done == 0 ? within : Duration.ZERO));
    }
    assertThat(server.sql(CALLER, "select Header_Ontvanger from JW301 where Bericht_Id = 'a'"))
        .containsExactly("0");
    List<Instant> moments =
        server.store().deliveries(GEMEENTE, Product.IJW).stream()
            .map(LedgerEntry::loadedAt)
            .toList();
    assertThat(moments).hasSize(4).isSorted().doesNotHaveDuplicates();
    assertThat(
            server.sql(
                CALLER,
                "select count(*) from JW301 x join JW301 y on x.Levering_Nummer < y.Levering_Nummer"
                    + " where x.Levering_GeladenOp >= y.Levering_GeladenOp"))
        .containsExactly("0");
  }
}
