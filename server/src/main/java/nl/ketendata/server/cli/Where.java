package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.settings.Machine;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.settings.SettingsReader;
import picocli.CommandLine.Option;

/**
 * What every verb that works on a data folder has: where that is, and the settings that go with it.
 * Each reads file and environment alike, so that no verb works on another folder than the server.
 */
final class Where {
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

  /** The data folder. */
  Path data() {
    return settings().data();
  }

  /**
   * The settings of file and environment, with the command line above them.
   *
   * @throws nl.ketendata.server.failure.Failure as {@link SettingsReader#read} does
   */
  Settings settings() {
    return settings(Map.of());
  }

  /**
   * The same.
   *
   * @param more what else the command line says, by the keys of the settings file
   */
  Settings settings(Map<String, String> more) {
    Map<String, String> overrides = new TreeMap<>(more);
    if (data != null) {
      overrides.put("data", data.toString());
    }
    return new SettingsReader(Machine.here(), System.getenv())
        .read(Optional.ofNullable(config), overrides);
  }

  /** Whether a settings file is named, which may say where the data is. */
  boolean hasFile() {
    return config != null;
  }
}
