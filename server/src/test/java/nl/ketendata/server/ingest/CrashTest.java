package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program stops at every step of taking a delivery in. What is there afterwards is the replay
 * of the ledger: the model is a map with the newest content of each key.
 */
class CrashTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");

  /** To start an engine takes longer than all that is asked of it here. */
  private static final Connection LOOKING = looking();

  @TempDir private Path folder;

  private static Connection looking() {
    try {
      return DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A delivery of the model: its day, and what it says of each key. */
  record Delivery(int day, SortedMap<String, String> rows, Path folder) {
    static Delivery random(int day, Random random, Path folder) {
      SortedMap<String, String> rows = new TreeMap<>();
      for (int i = 0; i < 3 + random.nextInt(5); i++) {
        rows.put("k" + random.nextInt(9), "w" + random.nextInt(4));
      }
      return new Delivery(day, rows, folder);
    }

    String name() {
      return "Ketendata-IJW-Test-aan-Zee-202401%02d060000.zip".formatted(day);
    }

    /** The same bytes each time that it is handed in. */
    Path zip() {
      if (Files.exists(folder.resolve(name()))) {
        return folder.resolve(name());
      }
      StringBuilder text = new StringBuilder("Bericht_Id,Header_Ontvanger\n");
      rows.forEach((key, value) -> text.append(key).append(',').append(value).append('\n'));
      return Deliveries.zip(
          folder, name(), Map.of("JW301.csv", text.toString(), "JW302.csv", text.toString()));
    }
  }

  /** Stops the program: nothing more happens on disk, cleaning up neither. */
  private static final class Stop implements Steps {
    private final int at;
    private final List<String> passed = new ArrayList<>();

    Stop(int at) {
      this.at = at;
    }

    @Override
    public void before(String what) {
      if (passed.size() >= at) {
        throw new IllegalStateException("stopped before: " + what);
      }
      passed.add(what);
    }
  }

  private static Ingest ingest(Path data, Steps steps) {
    return new Ingest(
        TestServer.CATALOGUE,
        new IngestSettings(data, ArchiveLimits.DEFAULT, new BuildSettings(128, 1, steps), 0.05),
        Clock.systemUTC());
  }

  static Report take(Path data, Delivery delivery, Steps steps) {
    return ingest(data, steps)
        .take(
            new IngestOrder(
                delivery.zip(), GEMEENTE, Optional.empty(), Optional.empty(), false, "test"),
            Progress.NONE);
  }

  private static Path published(Path data) {
    return data.resolve("gemeenten/GM9030/ijw");
  }

  static Optional<Path> current(Path data) throws IOException {
    try (Stream<Path> files = Files.list(published(data))) {
      return files.filter(file -> file.toString().endsWith(".duckdb")).sorted().reduce((a, b) -> b);
    }
  }

  /** The deliveries in the ledger, and that the rows are what they say together. */
  static List<String> replayed(Path data, List<Delivery> deliveries, String about)
      throws IOException, SQLException {
    List<String> ledger = new ArrayList<>();
    SortedMap<String, String> rows = new TreeMap<>();
    try (Statement statement = LOOKING.createStatement()) {
      statement.execute("ATTACH '" + current(data).orElseThrow() + "' AS v (READ_ONLY)");
      try (ResultSet names =
          statement.executeQuery("SELECT naam FROM v._leveringen ORDER BY nummer")) {
        while (names.next()) {
          ledger.add(names.getString(1));
        }
      }
      for (String table : List.of("JW301", "JW302")) {
        SortedMap<String, String> found = new TreeMap<>();
        try (ResultSet result =
            statement.executeQuery(
                "SELECT Bericht_Id, Header_Ontvanger, Levering_GeladenOp FROM v." + table)) {
          while (result.next()) {
            assertThat(found.put(result.getString(1), result.getString(2))).as(about).isNull();
            assertThat(result.getString(3)).as(about).isNotNull();
          }
        }
        assertThat(rows.isEmpty() || rows.equals(found)).as(about).isTrue();
        rows = found;
      }
      statement.execute("DETACH v");
    }
    Map<String, Integer> day = new HashMap<>();
    SortedMap<String, String> expected = new TreeMap<>();
    for (Delivery delivery : deliveries) {
      if (ledger.contains(delivery.name())) {
        delivery.rows.forEach(
            (key, value) -> {
              if (day.getOrDefault(key, 0) < delivery.day) {
                day.put(key, delivery.day);
                expected.put(key, value);
              }
            });
      }
    }
    assertThat(rows).as(about).isEqualTo(expected);
    return ledger;
  }

  static void assertClean(Path data, int deliveries, String about) throws IOException {
    try (Stream<Path> files = Files.walk(published(data))) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> published(data).relativize(file).toString())
                  .filter(file -> !file.startsWith("versie-")))
          .as(about)
          .hasSize(1 + 2 * deliveries)
          .contains("bouw/slot", "leveringen/%06d.zip".formatted(deliveries));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  static List<Delivery> deliveries(Path folder, int seed, Random random) throws IOException {
    Path zips = Files.createDirectory(folder.resolve("leveringen" + seed));
    boolean inOrder = random.nextBoolean();
    return List.of(
        Delivery.random(inOrder ? 7 : 14, random, zips),
        Delivery.random(inOrder ? 14 : 7, random, zips));
  }

  @Test
  void isTheReplayOfTheLedgerAfterAStopAtEveryStep() throws IOException, SQLException {
    assertThat(stopEverywhere(folder, 1, 1)).isGreaterThan(12);
  }

  /**
   * Stops at every step, once for each seed; a seed that fails is in the message.
   *
   * @return how many stops there were
   */
  static int stopEverywhere(Path folder, int firstSeed, int lastSeed)
      throws IOException, SQLException {
    int stops = 0;
    for (int seed = firstSeed; seed <= lastSeed; seed++) {
      Random random = new Random(seed);
      List<Delivery> deliveries = deliveries(folder, seed, random);
      Path base = folder.resolve("basis" + seed);
      take(base, deliveries.get(0), Steps.NONE);
      boolean done = false;
      for (int at = 0; !done; at++) {
        String about = "seed " + seed + ", stop at step " + at;
        Path data = folder.resolve("stop" + seed + "-" + at);
        copy(base, data);
        Stop stop = new Stop(at);
        boolean finished = true;
        try {
          take(data, deliveries.get(1), stop);
        } catch (IllegalStateException | Failure stopped) {
          finished = false;
          stops++;
        }
        done = finished;
        new Leftovers(data, Steps.NONE).delete(CrashTest::fault);
        List<String> ledger = replayed(data, deliveries, about + " " + stop.passed);
        assertThat(ledger).as(about).hasSizeBetween(finished ? 2 : 1, 2);
        assertClean(data, ledger.size(), about);
        if (random.nextInt(4) == 0) {
          assertThat(take(data, deliveries.get(1), Steps.NONE).alBekend())
              .as(about)
              .isEqualTo(ledger.size() == 2);
          assertThat(replayed(data, deliveries, about)).hasSize(2);
        }
      }
    }
    return stops;
  }

  static void fault(Failure failure) {
    throw failure;
  }
}
