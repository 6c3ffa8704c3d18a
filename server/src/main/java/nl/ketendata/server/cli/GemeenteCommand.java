package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.GemeenteRemoval;
import nl.ketendata.server.store.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemeente}: the data of one gemeente as a whole. */
@Command(
    name = "gemeente",
    mixinStandardHelpOptions = true,
    description = "Beheert de gegevens van een gemeente. / Manages the data of a gemeente.",
    subcommands = GemeenteCommand.Remove.class)
final class GemeenteCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code gemeente verwijder}. */
  @Command(
      name = "verwijder",
      mixinStandardHelpOptions = true,
      description =
          "Verwijdert gegevens, bewaarde leveringen, geweigerde leveringen en tijdelijke bestanden."
              + " / Removes data, deliveries and temporary files.")
  static final class Remove implements Callable<Integer> {
    private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

    @Parameters(paramLabel = "GM9030", description = "Welke gemeente. / Which gemeente.")
    private String gemeente;

    @Option(
        names = "--config",
        paramLabel = "BESTAND",
        description = "Instellingen (TOML). / Settings.")
    private Path config;

    @Option(
        names = "--data",
        paramLabel = "MAP",
        description = "Map met alle gegevens. / Data folder.")
    private Path data;

    @Option(
        names = "--ja",
        description = "Verwijdert echt; anders alleen een lijst. / Really removes, or only lists.")
    private boolean sure;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Gemeente whose = Gemeente.parse(gemeente);
      Path folder = ServerOptions.of(Optional.ofNullable(config), Optional.ofNullable(data)).data();
      GemeenteRemoval removal = new GemeenteRemoval(folder, Steps.NONE);
      List<GemeenteRemoval.Folder> folders = sure ? removal.remove(whose) : removal.found(whose);
      PrintWriter out = spec.commandLine().getOut();
      for (GemeenteRemoval.Folder each : folders) {
        out.printf(
            DUTCH,
            "%s %s: %,d bestanden, %,d bytes%n",
            sure ? "verwijderd" : "te verwijderen",
            each.path(),
            each.files(),
            each.bytes());
      }
      if (!sure) {
        out.println("Er is niets verwijderd. Voeg --ja toe om dit te verwijderen.");
      }
      out.flush();
      return sure ? 0 : 1;
    }
  }
}
