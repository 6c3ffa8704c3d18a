package nl.ketendata.server.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.Application;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: serves what is in the data folder. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Biedt de gegevens aan. / Serves the data.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private ServerOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Application application = new Application(settings, Catalogue.read(), Clock.systemUTC(), false);
    return Running.until(application, settings, spec.commandLine().getOut(), hint(settings));
  }

  /** A new server has nobody who can sign in. */
  private static String hint(Settings settings) {
    boolean nobody = new Users(settings.data(), new SecureRandom(), Clock.systemUTC()).isEmpty();
    if (settings.http().open() || !nobody) {
      return "";
    }
    return "  Gebruikers  nog geen; maak er een met: ketendata user add NAAM --organisatie GM9030"
        + System.lineSeparator();
  }
}
