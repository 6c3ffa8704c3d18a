package nl.ketendata.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.identity.OneTimePassword;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.policy.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code user}: who may sign in. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Beheert gebruikers. / Manages users.",
    subcommands = UserCommand.Add.class)
final class UserCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code user add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Voegt een gebruiker toe. / Adds a user.")
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAAM", description = "Gebruikersnaam. / User name.")
    private String name;

    @Option(
        names = "--organisatie",
        required = true,
        paramLabel = "GM9030",
        description = "Van welke gemeente of hoofdorganisatie. / Of which organisation.")
    private String organisation;

    @Option(
        names = "--rol",
        defaultValue = "analist",
        description =
            "analist, analist-beperkt, beheerder, functioneel-beheerder of leverancier. / Role.")
    private String role;

    @Option(
        names = "--wachtwoord-stdin",
        description = "Leest het wachtwoord van standaardinvoer. / Reads it from standard input.")
    private boolean fromInput;

    @Option(
        names = "--data",
        defaultValue = "data",
        paramLabel = "MAP",
        description = "Map met alle gegevens. / Data folder.")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      SecureRandom random = new SecureRandom();
      String password = fromInput ? readPassword() : OneTimePassword.next(random);
      new Users(data, random)
          .add(name, Organisations.id(data, organisation), Role.parse(role), password);
      Audited.record(data, Act.GEBRUIKER_VASTGELEGD, organisation, name + " " + role);
      if (!fromInput) {
        spec.commandLine().getOut().println(password);
        spec.commandLine().getOut().flush();
      }
      return 0;
    }

    private static String readPassword() throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      return line == null ? "" : line;
    }
  }
}
