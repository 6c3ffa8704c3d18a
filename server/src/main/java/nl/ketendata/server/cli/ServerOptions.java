package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.settings.Machine;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.settings.SettingsReader;
import picocli.CommandLine.Option;

/** What {@code serve}, {@code demo} and {@code check} share. */
final class ServerOptions {
  @Option(
      names = "--config",
      paramLabel = "BESTAND",
      description = "Instellingen (ketendata.toml). / Settings file.")
  private Path config;

  @Option(
      names = "--data",
      paramLabel = "MAP",
      description = "Map met alle gegevens; standaard ./data (demo: ./data-demo). / Data folder.")
  private Path data;

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

  /** The settings of the file, with what the command line says above them. */
  Settings settings() {
    return read(new HashMap<>());
  }

  /**
   * The same.
   *
   * @param otherwise the data folder when neither the command line nor a file says
   */
  Settings settings(Path otherwise) {
    Map<String, String> overrides = new HashMap<>();
    if (config == null) {
      overrides.put("data", otherwise.toString());
    }
    return read(overrides);
  }

  private Settings read(Map<String, String> overrides) {
    put(overrides, "data", data);
    put(overrides, "port", port);
    put(overrides, "admin-port", adminPort);
    put(overrides, "flight-port", flightPort);
    if (open) {
      overrides.put("open", "true");
    }
    return new SettingsReader(Machine.here(), System.getenv())
        .read(Optional.ofNullable(config), overrides);
  }

  private static void put(Map<String, String> overrides, String key, Object value) {
    if (value != null) {
      overrides.put(key, value.toString());
    }
  }

  /** The settings of a file, with a data folder above it. */
  static Settings of(Optional<Path> config, Optional<Path> data) {
    Map<String, String> overrides = new HashMap<>();
    data.ifPresent(folder -> overrides.put("data", folder.toString()));
    return new SettingsReader(Machine.here()).read(config, overrides);
  }

  /** The settings of the defaults, with a data folder. */
  static Settings of(Path data) {
    return new SettingsReader(Machine.here())
        .read(Optional.empty(), Map.of("data", data.toString()));
  }
}
