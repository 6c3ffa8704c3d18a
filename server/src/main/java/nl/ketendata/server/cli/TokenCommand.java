package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.organisation.Organisations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: sign-in for programs. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Beheert toegangssleutels voor programma's. / Manages tokens.",
    subcommands = TokenCommand.Create.class)
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code token create}. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Maakt een sleutel en toont die één keer. / Makes a token, shown once.")
  static final class Create implements Callable<Integer> {
    @Parameters(paramLabel = "NAAM", description = "Waar de sleutel voor is. / What it is for.")
    private String name;

    @Option(
        names = "--organisatie",
        required = true,
        paramLabel = "GM9030",
        description = "Van welke gemeente of hoofdorganisatie. / Of which organisation.")
    private String organisation;

    @Option(names = "--dagen", defaultValue = "90", description = "Hoe lang geldig. / Days valid.")
    private int days;

    @Option(
        names = "--data",
        defaultValue = "data",
        paramLabel = "MAP",
        description = "Map met alle gegevens. / Data folder.")
    private Path data;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String token =
          new Tokens(data, new SecureRandom(), Clock.systemUTC())
              .create(name, Organisations.id(data, organisation), days);
      Audited.record(data, Act.TOKEN_GEMAAKT, organisation, name);
      spec.commandLine().getOut().println(token);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
