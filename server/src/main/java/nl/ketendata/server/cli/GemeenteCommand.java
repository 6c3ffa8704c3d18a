package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.GemeenteRemoval;
import nl.ketendata.server.store.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemeente}: the data of one gemeente as a whole. */
@Command(
    name = "gemeente",
    description = "Beheert de gegevens van een gemeente. / Manages the data of a gemeente.",
    subcommands = GemeenteCommand.Remove.class)
final class GemeenteCommand extends VerbGroup {
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

    @Mixin private Where where;

    @Option(
        names = "--ja",
        description = "Verwijdert echt; anders alleen een lijst. / Really removes, or only lists.")
    private boolean sure;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Gemeente whose = Gemeente.parse(gemeente);
      Path folder = where.data();
      GemeenteRemoval removal = new GemeenteRemoval(folder, Steps.NONE);
      List<GemeenteRemoval.Folder> folders = sure ? removal.remove(whose) : removal.found(whose);
      if (sure) {
        Audited.record(folder, Act.GEGEVENS_VERWIJDERD, whose.id(), "gemeente verwijder");
      }
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
      if (sure) {
        out.println("Ook verwijderd: bewaarde antwoorden (antwoorden/).");
        out.println(
            "Gebleven: gebruikers, sleutels, organisaties en het auditlogboek; zie ketendata"
                + " user.");
      }
      if (!sure) {
        out.println("Er is niets verwijderd. Voeg --ja toe om dit te verwijderen.");
      }
      out.flush();
      return sure ? 0 : 1;
    }
  }
}
