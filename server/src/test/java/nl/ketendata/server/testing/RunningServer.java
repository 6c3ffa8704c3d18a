package nl.ketendata.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.Application;
import nl.ketendata.server.settings.Machine;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.settings.SettingsReader;

/** The whole server as a settings file makes it, with every head on a free port of loopback. */
public final class RunningServer implements AutoCloseable {
  private final Application application;
  private final boolean secure;

  /**
   * @param data the data folder
   * @param toml the settings file, without ports and data folder
   */
  public RunningServer(Path data, String toml) throws IOException {
    Path file = Files.writeString(data.resolve("ketendata.toml"), toml);
    Settings settings =
        new SettingsReader(Machine.here())
            .read(
                Optional.of(file),
                Map.of(
                    "data", data.toString(), "port", "0", "admin-port", "0", "flight-port", "0"));
    secure = settings.transport().tls().isPresent();
    application = new Application(settings, TestServer.CATALOGUE, Clock.systemUTC(), false);
    application.start();
  }

  /** Of pages, OData, SQL and deliveries, without a slash at the end. */
  public String url() {
    return (secure ? "https" : "http") + "://localhost:" + application.port();
  }

  public int flightPort() {
    return application.flightPort();
  }

  @Override
  public void close() {
    application.close();
  }
}
