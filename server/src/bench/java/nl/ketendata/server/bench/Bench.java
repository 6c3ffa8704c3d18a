package nl.ketendata.server.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Runs the measurements one after the other and prints one Markdown table. */
public final class Bench {
  private final BenchSettings settings;
  private final Table table = new Table();

  private Bench(BenchSettings settings) {
    this.settings = settings;
  }

  /** Measures; see {@link BenchSettings} for the system properties. */
  public static void main(String[] arguments) throws Exception {
    new Bench(BenchSettings.read()).run();
  }

  private interface Measurement {
    void run() throws Exception;
  }

  private void run() throws Exception {
    Files.createDirectories(settings.work());
    System.out.println(machine());
    part("start", () -> new StartTimes(settings, table).run());
    part("inname", () -> new IngestSpeed(settings, table).run());
    part("feed", () -> new FeedSpeed(settings, table).run());
    part("plannen", () -> new PlanningTimes(settings, data(), table).run());
    part("paginas", () -> new PageTimes(settings, PageData.of(settings), table).run());
    part("jdbc", () -> new JdbcSpeed(settings, data(), table).run());
    part("flight", () -> new WireSpeed(settings, data(), table).run());
    part("analyse", () -> new AnalyticTimes(settings, data(), table).run());
    part("punten", () -> new PointTimes(settings, data(), table).run());
    if (settings.load() > 0) {
      part("belasting", () -> new LoadTimes(settings, table).run());
    }
    if (settings.large()) {
      part("groot", () -> new LargeRun(settings, table).run());
    }
    System.out.println(machine());
    System.out.println(table);
  }

  private DataSet data() throws Exception {
    return DataSet.of(settings, settings.messages());
  }

  /** A measurement that fails must not take the figures of the others with it. */
  private void part(String name, Measurement measurement) {
    if (!settings.wants(name)) {
      return;
    }
    System.err.println("bench: " + name);
    try {
      measurement.run();
    } catch (Exception e) {
      e.printStackTrace();
      table.row(name, "failed", String.valueOf(e.getMessage()), "", "");
    }
  }

  private String machine() throws IOException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return "%s · %d cores (%s) · load %.1f · JDK %s · %,d messages, %d rounds · %s"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            system.getAvailableProcessors(),
            processor(),
            system.getSystemLoadAverage(),
            Runtime.version(),
            settings.messages(),
            settings.rounds(),
            "mvn -q -Pbench verify -Dbench.berichten=" + settings.messages());
  }

  private static String processor() throws IOException {
    try (var lines = Files.lines(java.nio.file.Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
