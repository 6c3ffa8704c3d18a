package nl.ketendata.server.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.policy.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: sign-in for programs. */
@Command(
    name = "token",
    description = "Beheert toegangssleutels voor programma's. / Manages tokens.",
    subcommands = {TokenCommand.Create.class, TokenCommand.Listed.class, TokenCommand.Revoke.class})
final class TokenCommand extends VerbGroup {

  private static Tokens tokens(Where where) {
    return new Tokens(where.data(), new SecureRandom(), Clock.systemUTC());
  }

  /** {@code token create}. */
  @Command(
      name = "maak",
      aliases = "create",
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

    @Option(
        names = "--rol",
        defaultValue = "analist",
        description = "analist, analist-beperkt of leverancier. / Role.")
    private String role;

    @Option(names = "--dagen", defaultValue = "90", description = "Hoe lang geldig. / Days valid.")
    private int days;

    @Mixin private Where where;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String whose = Organisations.id(where.data(), organisation);
      String token = tokens(where).create(name, whose, Role.parse(role), days);
      Audited.record(where.data(), Act.TOKEN_GEMAAKT, whose, name + " " + role);
      UserCommand.show(spec, token);
      return 0;
    }
  }

  /** {@code token lijst}. */
  @Command(
      name = "lijst",
      aliases = "list",
      mixinStandardHelpOptions = true,
      description = "Toont de sleutels die nog gelden. / Lists the tokens that are valid.")
  static final class Listed implements Callable<Integer> {
    @Option(names = "--json", description = "Als JSON. / As JSON.")
    private boolean json;

    @Mixin private Where where;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Columns columns =
          new Columns("naam", "kenmerk", "organisatie", "rol", "geldig_tot", "laatst_gebruikt");
      for (Tokens.Listed each : tokens(where).all()) {
        columns.row(
            each.name(),
            each.mark(),
            each.organisation(),
            each.role().id(),
            each.expires().toString(),
            UserCommand.moment(each.lastUsed()));
      }
      columns.print(spec.commandLine().getOut(), json);
      return 0;
    }
  }

  /** {@code token trek-in}. */
  @Command(
      name = "trek-in",
      aliases = "revoke",
      mixinStandardHelpOptions = true,
      description = {
        "Trekt een sleutel in: die geldt meteen niet meer, ook bij een server die draait.",
        "Revokes a token, also for a server that runs."
      })
  static final class Revoke implements Callable<Integer> {
    @Parameters(
        paramLabel = "NAAM|KENMERK",
        description = "Welke sleutel; het kenmerk staat in de lijst. / Which token.")
    private String which;

    @Mixin private Where where;

    @Override
    public Integer call() {
      Tokens tokens = tokens(where);
      Tokens.Listed token = tokens.one(which);
      tokens.revoke(token);
      Audited.record(
          where.data(),
          Act.TOKEN_INGETROKKEN,
          token.organisation(),
          token.name() + " " + token.mark());
      return 0;
    }
  }
}
