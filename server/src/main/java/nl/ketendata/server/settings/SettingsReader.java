package nl.ketendata.server.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Reads the settings file, lays the command line over it and checks the whole. */
public final class SettingsReader {
  private static final int DEFAULT_PAGE = 50_000;
  private static final int LARGEST_PAGE = 100_000;
  private static final Duration AUDIT_KEPT = Duration.ofDays(366);
  private static final int SMALLEST_GROUP = 5;
  private static final Duration LONGEST_QUIET = Duration.ofHours(1);
  private static final Duration LONGEST_KEPT = Duration.ofDays(3_650);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Machine machine;
  private final Map<String, String> environment;

  /** A reader that looks at no environment. */
  public SettingsReader(Machine machine) {
    this(machine, Map.of());
  }

  /**
   * @param machine what the defaults of memory and threads are computed from
   * @param environment the variables of the process; {@code KETENDATA_QUERY_RUNNING} is the setting
   *     {@code query.running}
   */
  public SettingsReader(Machine machine, Map<String, String> environment) {
    this.machine = machine;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param file the settings file; without one everything has its default
   * @param overrides what the command line says, by the same keys as in the file ({@code port},
   *     {@code query.running}); goes before the environment, which goes before the file
   * @throws Failure KD701 with all faults, KD109 when there is no such file, KD704 when {@code
   *     open} would serve more than this computer
   */
  public Settings read(Optional<Path> file, Map<String, String> overrides) {
    Map<String, String> values = new TreeMap<>();
    file.ifPresent(path -> flatten("", parse(path), values));
    Values checked = new Values(values, environment, overrides);
    Settings settings = settings(checked);
    checked.refuseFaults();
    if (settings.http().open() && !isLoopback(settings.http().host())) {
      throw Failure.of(Code.OPEN_BEYOND_LOOPBACK, settings.http().host());
    }
    return settings;
  }

  private Settings settings(Values values) {
    return new Settings(
        values.path("data", Path.of("data")),
        http(values),
        TransportReader.read(values),
        OidcSettings.read(values),
        new EngineSettings(
            values.size("engine.memory", machine.memory().percent(50)),
            values.number("engine.threads", machine.cores(), 1, 1024),
            values.size("engine.temporary", DataSize.megabytes(10 * 1024L)),
            values.sizeOrNone("engine.columns", DataSize.megabytes(4 * 1024L))),
        new QuerySettings(
            values.number("query.page-size", DEFAULT_PAGE, 1, LARGEST_PAGE),
            values.duration("query.statement-timeout", Duration.ofSeconds(60), LONGEST),
            values.duration("query.export-timeout", Duration.ofMinutes(10), LONGEST),
            values.number("query.running", 2 * machine.cores(), 1, 10_000)),
        new PolicySettings(
            values.number("policy.smallest-group", SMALLEST_GROUP, 2, 10_000),
            values.duration("policy.audit-kept", AUDIT_KEPT, LONGEST_KEPT)),
        deliveries(values),
        new FeedSettings(
            values.sizeOrNone("http.answer-cache", DataSize.megabytes(1024)),
            values.origins("http.cors-origins"),
            values.duration("versions-kept", Duration.ofHours(1), Duration.ofDays(366))));
  }

  private static DeliverySettings deliveries(Values values) {
    DeliverySettings otherwise = DeliverySettings.DEFAULT;
    return new DeliverySettings(
        archives(values),
        values.claim("deliveries.inbox", otherwise.inbox()),
        values.duration("deliveries.inbox-quiet", otherwise.inboxQuiet(), LONGEST_QUIET),
        values.duration("deliveries.refused-kept", otherwise.refusedKept(), LONGEST_KEPT),
        values.number("deliveries.refused-percent", otherwise.refusedPercent(), 0, 100),
        values.number("deliveries.keep-days", otherwise.keepDays(), 0, 36_500));
  }

  private static DeliverySettings.Archives archives(Values values) {
    DeliverySettings.Archives otherwise = DeliverySettings.DEFAULT.archive();
    return new DeliverySettings.Archives(
        values.size("deliveries.archive-size", otherwise.size()),
        values.number("deliveries.archive-entries", otherwise.entries(), 1, 65_535),
        values.size("deliveries.archive-entry", otherwise.entry()),
        values.size("deliveries.archive-unpacked", otherwise.unpacked()),
        values.number("deliveries.archive-ratio", otherwise.ratio(), 2, 1_100));
  }

  private static HttpSettings http(Values values) {
    return new HttpSettings(
        values.text("host", "127.0.0.1"),
        values.number("port", 8080, 0, 65_535),
        values.text("admin-host", "127.0.0.1"),
        values.number("admin-port", 8081, 0, 65_535),
        values.number("flight-port", 8082, 0, 65_535),
        values.url("public-url"),
        values.claim("open", false));
  }

  private static JsonNode parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.of(Code.NO_SUCH_FILE, file);
    }
    try {
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw Failure.of(Code.SETTINGS, file.getFileName() + place + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, file).causedBy(e);
    }
  }

  /** Tables become prefixes, so that file and command line name a setting alike. */
  private static void flatten(String prefix, JsonNode table, Map<String, String> values) {
    for (Iterator<Map.Entry<String, JsonNode>> it = table.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(key + ".", entry.getValue(), values);
      } else {
        values.put(key, text(entry.getValue()));
      }
    }
  }

  /** A list of texts has them one to a line. */
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> items = new ArrayList<>();
    value.forEach(item -> items.add(item.isValueNode() ? item.asText() : "[…]"));
    return String.join("\n", items);
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
