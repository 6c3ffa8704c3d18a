package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.Version;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all verbs. */
@Command(
    name = "ketendata",
    mixinStandardHelpOptions = true,
    versionProvider = KetendataCommand.VersionText.class,
    description = {
      "Zet Ketendata (iWmo/iJw) van een gemeente klaar voor Power BI, Excel en SQL.",
      "Serves a gemeente's Ketendata (iWmo/iJw) to Power BI, Excel and SQL."
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      IngestCommand.class,
      GenerateCommand.class,
      OrganisationCommand.class,
      UserCommand.class,
      TokenCommand.class,
      CheckCommand.class,
      RebuildCommand.class,
      GemeenteCommand.class,
      SqlCommand.class,
      VersionCommand.class
    })
public final class KetendataCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the verb in the arguments; returns the exit code. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new KetendataCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(KetendataCommand::wrongUse)
        .setExecutionExceptionHandler(KetendataCommand::failed);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Names the word that is wrong and the nearest right one. */
  private static int wrongUse(CommandLine.ParameterException e, String[] arguments) {
    Failure failure = Failure.of(Code.USAGE, e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      failure = unknown(unmatched);
    }
    print(e.getCommandLine().getErr(), failure);
    e.getCommandLine()
        .getErr()
        .println("Zie / see: ketendata " + verb(e.getCommandLine()) + "--help");
    return 2;
  }

  private static String verb(CommandLine command) {
    return command.getParent() == null ? "" : command.getCommandName() + " ";
  }

  private static Failure unknown(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    CommandLine command = e.getCommandLine();
    boolean option = word.startsWith("-");
    List<String> names =
        option
            ? command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList()
            : List.copyOf(command.getSubcommands().keySet());
    String what = option ? "Onbekende optie / unknown option " : "Onbekend woord / unknown word ";
    Failure failure =
        Failure.of(Code.USAGE, what + word + "; wel / allowed: " + String.join(", ", names));
    return Nearest.to(word, names).map(failure::meaning).orElse(failure);
  }

  /** A failure is told in the user's language; the stack trace of our own faults is not shown. */
  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    Failure failure = e instanceof Failure own ? own : Failure.internal(e);
    print(command.getErr(), failure);
    return failure.code() == Code.USAGE ? 2 : 1;
  }

  /** A fault of ours also goes to the log, with what led to it. */
  static void print(PrintWriter out, Failure failure) {
    out.println(failure.code().id() + " " + failure.message(language()));
    out.flush();
    if (failure.code() == Code.INTERNAL) {
      org.slf4j.LoggerFactory.getLogger(KetendataCommand.class)
          .error("{}", failure.getMessage(), failure);
    }
  }

  /** English for people whose computer speaks it, Dutch for all others. */
  static Locale language() {
    return Locale.getDefault().getLanguage().equals("en")
            && System.getenv("LANG") != null
            && System.getenv("LANG").startsWith("en")
        ? Locale.ENGLISH
        : Failure.DUTCH;
  }

  /** The program's name and version. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Ketendata Server " + Version.current()};
    }
  }
}
