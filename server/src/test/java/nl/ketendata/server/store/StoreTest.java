package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");

  @TempDir private Path data;
  private final SetClock clock = new SetClock(Instant.now());
  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void take(int week, String... keys) {
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-202401%02d060000.zip".formatted(week),
        Map.of("JW301.csv", "Bericht_Id\n" + String.join("\n", keys) + "\n"));
  }

  private long count(Mounted mounted) {
    return server
        .door()
        .count(TestServer.caller("GM9030"), mounted, new CountQuestion("JW301", Optional.empty()));
  }

  @Test
  void keepsAnOldVersionReadableBesideANewOne() {
    take(7, "a");
    Mounted before = server.mounted("GM9030", Product.IJW);
    take(14, "b", "c");
    Mounted after = server.mounted("GM9030", Product.IJW);
    assertThat(count(before)).isEqualTo(1);
    assertThat(count(after)).isEqualTo(3);
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void spillsNoMoreThanItMay() {
    take(7, "a");
    try (Cursor cursor =
        server
            .store()
            .open("SELECT current_setting('max_temp_directory_size') AS most", List.of())) {
      cursor.advance();
      assertThat(cursor.batch().getVector(0).getObject(0)).hasToString("976.5 MiB");
    }
  }

  @Test
  void forgetsAVersionAnHourAfterItWasReplaced() {
    take(7, "a");
    Mounted before = server.mounted("GM9030", Product.IJW);
    take(14, "b");
    server.store().deleteOldVersions();
    assertThat(count(before)).isEqualTo(1);
    clock.forward(Duration.ofHours(2));
    server.store().deleteOldVersions();
    assertThatThrownBy(() -> count(before))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.VERSION_GONE));
    assertThat(count(server.mounted("GM9030", Product.IJW))).isEqualTo(2);
  }

  @Test
  void letsGoOfTheFileOfAVersionThatIsForgotten() throws IOException {
    Path handles = Path.of("/proc/self/fd");
    assumeThat(handles).isDirectory();
    take(7, "a");
    count(server.mounted("GM9030", Product.IJW));
    take(14, "b");
    assertThat(opened(handles, "versie-000001.duckdb")).isPositive();

    clock.forward(Duration.ofHours(2));
    server.store().deleteOldVersions();

    assertThat(opened(handles, "versie-000001.duckdb")).isZero();
  }

  private long opened(Path handles, String name) throws IOException {
    long found = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(handles)) {
      for (Path handle : all) {
        String file = file(handle);
        found += file.startsWith(data.toRealPath().toString()) && file.contains(name) ? 1 : 0;
      }
    }
    return found;
  }

  /** Nothing of one that other threads have closed meanwhile. */
  private static String file(Path handle) throws IOException {
    try {
      return Files.isSymbolicLink(handle) ? Files.readSymbolicLink(handle).toString() : "";
    } catch (NoSuchFileException closed) {
      return "";
    }
  }

  @Test
  void showsBothProductsOfAGemeenteOfWhichOneWasDelivered() {
    take(7, "a");
    assertThat(server.sql(TestServer.caller("GM9030"), "select count(*) from WMO301"))
        .containsExactly("0");
    assertThat(
            server
                .door()
                .mounted(TestServer.caller("GM9030"), new Scope("gm9030", Product.IWMO))
                .tables())
        .extracting(Table::name)
        .containsAll(TestServer.CATALOGUE.tables(Product.IWMO).stream().map(Table::name).toList());
  }

  @Test
  void numbersAndDatesDeliveriesUpwardsEvenWhenTheClockIsSetBack() {
    take(7, "a");
    clock.forward(Duration.ofDays(-400));
    take(14, "b");
    List<String> rows =
        server.sql(
            TestServer.caller("GM9030"),
            "select Levering_Nummer from JW301 order by Levering_GeladenOp");
    assertThat(rows).containsExactly("1", "2");
  }

  @Test
  void leavesNothingOfABuildThatIsNotPublished() throws IOException {
    take(7, "a");
    try (VersionBuild build =
        VersionBuild.begin(
            data, GEMEENTE, Product.IJW, TestServer.CATALOGUE, new BuildSettings(128, 1), clock)) {
      assertThat(build.number()).isEqualTo(2);
    }
    try (Stream<Path> files = Files.walk(data.resolve("gemeenten/GM9030/ijw"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "ijw",
              "bouw",
              "slot",
              "versie-000001.duckdb",
              "leveringen",
              "000001.zip",
              "000001.json");
    }
  }

  @Test
  void buildsOneVersionAtATime() {
    List<CompletableFuture<Void>> builds =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> take(i + 1, "k" + i)))
            .toList();
    builds.forEach(CompletableFuture::join);
    assertThat(count(server.mounted("GM9030", Product.IJW))).isEqualTo(4);
    assertThat(
            server.sql(TestServer.caller("GM9030"), "select distinct Levering_Nummer from JW301"))
        .containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @Test
  void refusesEveryWayOutOfTheServingEngine() {
    take(7, "a");
    DataVersion version = server.store().current(GEMEENTE, Product.IJW).orElseThrow();
    List<String> attempts =
        List.of(
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM read_csv('/etc/passwd')",
            "SELECT * FROM glob('/*')",
            "SELECT * FROM '/etc/passwd'",
            "SET memory_limit='10GB'",
            "SET allowed_configs=['memory_limit']",
            "SET scheduler_process_partial=false",
            "ATTACH '/tmp/x.duckdb'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "COPY (SELECT 1) TO '/tmp/ketendata-mag-niet.csv'",
            "INSERT INTO \"" + version.catalog() + "\".main.JW301 (Bericht_Id) VALUES ('x')",
            "DELETE FROM \"" + version.catalog() + "\".main.JW301");
    for (String attempt : attempts) {
      assertThatThrownBy(
              () -> {
                try (Cursor cursor = server.store().open(attempt, List.of())) {
                  cursor.advance();
                }
              })
          .as(attempt)
          .isInstanceOf(Failure.class);
    }
    assertThat(count(server.mounted("GM9030", Product.IJW))).isEqualTo(1);
  }
}
