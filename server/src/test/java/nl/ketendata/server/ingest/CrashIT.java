package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.generate.GenerateOrder;
import nl.ketendata.server.generate.Generator;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.testing.Jar;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link CrashTest} at length, and with a process that is killed. */
class CrashIT {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final int KILLS = 12;

  @TempDir private Path folder;

  @Test
  void isTheReplayOfTheLedgerAfterTwoHundredStops() throws Exception {
    assertThat(CrashTest.stopEverywhere(folder, 2, 13)).isGreaterThanOrEqualTo(200);
  }

  private List<Path> generate() {
    return new Generator(TestServer.CATALOGUE)
        .generate(
            new GenerateOrder(GEMEENTE, Product.IJW, 3000, 7, 1, folder.resolve("zips")),
            nl.ketendata.server.generate.Progress.NONE);
  }

  private static List<String> command(Path data, Path zip) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-jar",
        Jar.file().toString(),
        "ingest",
        "--data",
        data.toString(),
        "--gemeente",
        GEMEENTE.id(),
        zip.toString());
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("uitvoer.txt").toFile())
        .start();
  }

  private static long run(Process process) throws InterruptedException {
    long started = System.nanoTime();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return (System.nanoTime() - started) / 1_000_000;
  }

  private static List<String> state(Path data) {
    try (TestServer server = new TestServer(data)) {
      return server.sql(
          CALLER,
          "select count(*), max(Levering_Nummer) from JW301 union all select count(*),"
              + " max(Levering_Nummer) from JW323_Prestatie");
    }
  }

  private static List<Path> files(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("gemeenten/GM9030/ijw"))) {
      return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  @Test
  void survivesAKilledProcessAtAnyMoment() throws Exception {
    List<Path> zips = generate();
    Path whole = folder.resolve("heel");
    run(start(command(whole, zips.get(0))));
    List<String> before = state(whole);
    long millis = run(start(command(whole, zips.get(1))));
    List<String> after = state(whole);
    assertThat(after).isNotEqualTo(before);
    Random random = new Random(11);
    Path data = folder.resolve("gedood");
    run(start(command(data, zips.get(0))));
    int killed = 0;
    for (int i = 0; killed < KILLS; i++) {
      assertThat(i).as("so many ended before they were killed").isLessThan(10 * KILLS);
      long started = System.nanoTime();
      Process process = start(command(data, zips.get(1)));
      boolean ended = process.waitFor((long) (random.nextDouble() * millis), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      killed += ended ? 0 : 1;
      // The machine may have more time for it than it had for the first.
      long took = (System.nanoTime() - started) / 1_000_000;
      millis = ended ? Math.min(millis, took) : millis;
      new Leftovers(data, Steps.NONE).delete(CrashTest::fault);
      List<String> state = state(data);
      assertThat(state).isIn(before, after);
      assertThat(files(data)).noneMatch(file -> file.toString().contains("werk"));
      if (state.equals(after)) {
        data = folder.resolve("gedood" + i);
        run(start(command(data, zips.get(0))));
      }
    }
    run(start(command(data, zips.get(1))));
    assertThat(state(data)).isEqualTo(after);
  }
}
