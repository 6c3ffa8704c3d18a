package nl.ketendata.server.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.policy.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code user}: who may sign in with a password. */
@Command(
    name = "user",
    aliases = "gebruiker",
    description = "Beheert gebruikers. / Manages users.",
    subcommands = {
      UserCommand.Add.class,
      UserCommand.Listed.class,
      UserCommand.Password.class,
      UserCommand.Roles.class,
      UserCommand.Remove.class
    })
final class UserCommand extends VerbGroup {

  private static Users users(Where where) {
    return new Users(where.data(), new SecureRandom(), Clock.systemUTC());
  }

  static String moment(Optional<Instant> moment) {
    return moment.map(Instant::toString).orElse("-");
  }

  /** {@code user add}. */
  @Command(
      name = "voeg-toe",
      aliases = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Voegt een gebruiker toe. Zonder wachtwoord komt er een eenmalig wachtwoord, dat binnen"
            + " 7 dagen vervangen moet zijn.",
        "Adds a user. Prints a one-time password, to be replaced within 7 days, unless one is"
            + " given."
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "NAAM", description = "Gebruikersnaam. / User name.")
    private String name;

    @Option(
        names = "--organisatie",
        paramLabel = "GM9030",
        description =
            "Van welke gemeente of hoofdorganisatie; een functioneel-beheerder heeft er geen."
                + " / Of which organisation.")
    private String organisation;

    @Option(
        names = "--rol",
        defaultValue = "analist",
        description =
            "analist, analist-beperkt, beheerder, functioneel-beheerder of leverancier. / Role.")
    private String role;

    @Mixin private ChosenPassword password;
    @Mixin private Where where;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Users users = users(where);
      Role what = Role.parse(role);
      String whose = whose(what);
      Optional<String> chosen = password.read();
      chosen.ifPresent(text -> users.add(name, whose, what, text));
      Optional<String> oneTime =
          chosen.isPresent() ? Optional.empty() : Optional.of(users.invite(name, whose, what));
      Audited.record(where.data(), Act.GEBRUIKER_VASTGELEGD, whose, name + " " + role);
      oneTime.ifPresent(text -> show(spec, text));
      return 0;
    }

    private String whose(Role what) {
      if (organisation != null) {
        return Organisations.id(where.data(), organisation);
      }
      if (what != Role.FUNCTIONEEL_BEHEERDER) {
        throw Failure.of(Code.USAGE, "--organisatie ontbreekt / is missing");
      }
      return Users.INSTALLATION;
    }
  }

  /** {@code user lijst}. */
  @Command(
      name = "lijst",
      aliases = "list",
      mixinStandardHelpOptions = true,
      description = "Toont de gebruikers. / Lists the users.")
  static final class Listed implements Callable<Integer> {
    @Option(names = "--json", description = "Als JSON. / As JSON.")
    private boolean json;

    @Mixin private Where where;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Columns columns =
          new Columns("naam", "organisatie", "rol", "laatst_gebruikt", "eenmalig_wachtwoord_tot");
      for (Users.Account each : users(where).all()) {
        columns.row(
            each.name(),
            each.organisation().isEmpty() ? "-" : each.organisation(),
            each.role().id(),
            moment(each.lastUsed()),
            moment(each.oneTimeUntil()));
      }
      columns.print(spec.commandLine().getOut(), json);
      return 0;
    }
  }

  /** {@code user wachtwoord}. */
  @Command(
      name = "wachtwoord",
      aliases = "password",
      mixinStandardHelpOptions = true,
      description = {
        "Geeft een gebruiker een ander wachtwoord; het oude geldt meteen niet meer. Zonder keuze"
            + " komt er een eenmalig wachtwoord.",
        "Gives a user another password; prints a one-time password unless one is given."
      })
  static final class Password implements Callable<Integer> {
    @Parameters(paramLabel = "NAAM", description = "Gebruikersnaam. / User name.")
    private String name;

    @Mixin private ChosenPassword password;
    @Mixin private Where where;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Users users = users(where);
      String whose = users.account(name).organisation();
      Optional<String> chosen = password.read();
      chosen.ifPresent(text -> users.choose(name, text));
      Optional<String> oneTime =
          chosen.isPresent() ? Optional.empty() : Optional.of(users.reset(name));
      Audited.record(where.data(), Act.WACHTWOORD_GEWIJZIGD, whose, name);
      oneTime.ifPresent(text -> show(spec, text));
      return 0;
    }
  }

  /** {@code user rol}. */
  @Command(
      name = "rol",
      aliases = "role",
      mixinStandardHelpOptions = true,
      description = "Geeft een gebruiker een andere rol. / Gives a user another role.")
  static final class Roles implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAAM", description = "Gebruikersnaam. / User name.")
    private String name;

    @Parameters(index = "1", paramLabel = "ROL", description = "De nieuwe rol. / The new role.")
    private String role;

    @Mixin private Where where;

    @Override
    public Integer call() {
      Users users = users(where);
      String whose = users.account(name).organisation();
      users.role(name, Role.parse(role));
      Audited.record(where.data(), Act.GEBRUIKER_VASTGELEGD, whose, name + " " + role);
      return 0;
    }
  }

  /** {@code user verwijder}. */
  @Command(
      name = "verwijder",
      aliases = "remove",
      mixinStandardHelpOptions = true,
      description =
          "Verwijdert een gebruiker; die is meteen niet meer aangemeld. / Removes a user.")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAAM", description = "Gebruikersnaam. / User name.")
    private String name;

    @Mixin private Where where;

    @Override
    public Integer call() {
      Users users = users(where);
      String whose = users.account(name).organisation();
      users.remove(name);
      Audited.record(where.data(), Act.GEBRUIKER_VERWIJDERD, whose, name);
      return 0;
    }
  }

  static void show(CommandSpec spec, String secret) {
    spec.commandLine().getOut().println(secret);
    spec.commandLine().getOut().flush();
  }
}
