package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code serve}, {@code demo} and {@code check} share. */
final class ServerOptions {

  @Mixin private Where where;

  @Option(
      names = "--port",
      paramLabel = "POORT",
      description =
          "Poort van pagina's, OData en JDBC; standaard 8080, 0 kiest een vrije."
              + " / Port of pages, OData and JDBC; 0 picks a free one.")
  private Integer port;

  @Option(
      names = "--admin-port",
      paramLabel = "POORT",
      description =
          "Poort van /live, /ready en /metrics; standaard 8081, 0 kiest een vrije."
              + " / Port of health and metrics; 0 picks a free one.")
  private Integer adminPort;

  @Option(
      names = "--flight-port",
      paramLabel = "POORT",
      description =
          "Poort van Flight SQL; standaard 8082, 0 kiest een vrije."
              + " / Port of Flight SQL; 0 picks a free one.")
  private Integer flightPort;

  @Option(
      names = "--open",
      description = "Zonder aanmelden; alleen op deze computer zelf. / No sign-in, loopback only.")
  private boolean open;

  /** The settings, with what the command line says above them. */
  Settings settings() {
    return where.settings(overrides());
  }

  /**
   * The same.
   *
   * @param otherwise the data folder when neither the command line nor a file says
   */
  Settings settings(Path otherwise) {
    Map<String, String> overrides = overrides();
    if (!where.hasFile()) {
      overrides.put("data", otherwise.toString());
    }
    return where.settings(overrides);
  }

  private Map<String, String> overrides() {
    Map<String, String> overrides = new TreeMap<>();
    put(overrides, "port", port);
    put(overrides, "admin-port", adminPort);
    put(overrides, "flight-port", flightPort);
    if (open) {
      overrides.put("open", "true");
    }
    return overrides;
  }

  private static void put(Map<String, String> overrides, String key, Integer value) {
    if (value != null) {
      overrides.put(key, value.toString());
    }
  }
}
