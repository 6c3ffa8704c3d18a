package nl.ketendata.server.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.Application;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
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
  private static final String ADMINISTRATOR = "beheer";

  @Mixin private ServerOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Application application = new Application(settings, Catalogue.read(), Clock.systemUTC(), false);
    return Running.until(application, settings, spec.commandLine().getOut(), first(settings));
  }

  /** A new server has nobody who can sign in, so it makes the one who can make the others. */
  private static String first(Settings settings) {
    Users users = new Users(settings.data(), new SecureRandom(), Clock.systemUTC());
    if (settings.http().open() || settings.oidc().isPresent() || !users.isEmpty()) {
      return "";
    }
    try {
      String password = users.invite(ADMINISTRATOR, Users.INSTALLATION, Role.FUNCTIONEEL_BEHEERDER);
      Audited.record(settings.data(), Act.GEBRUIKER_VASTGELEGD, "", ADMINISTRATOR);
      return lines(
          "  Beheerder   " + ADMINISTRATOR + "   eenmalig wachtwoord " + password,
          "              kies uw eigen wachtwoord op /wachtwoord; gebruikers maakt u op"
              + " /gebruikers",
          "              choose your own password at /wachtwoord; add users at /gebruikers");
    } catch (Failure readOnly) {
      return lines(
          "  Gebruikers  nog geen; maak er een met: ketendata user add NAAM --organisatie GM9030");
    }
  }

  private static String lines(String... lines) {
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
