package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.IngestConfiguration;
import nl.ketendata.server.delivery.DeliveryName;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.intake.Intake;
import nl.ketendata.server.intake.ProgressFiles;
import nl.ketendata.server.intake.Refusals;
import nl.ketendata.server.intake.Road;
import nl.ketendata.server.intake.ToldProgress;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingest}: takes deliveries in, also beside a running server. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Verwerkt leveringen. / Takes deliveries in.")
final class IngestCommand implements Callable<Integer> {

  @Mixin private Where where;

  @Option(
      names = "--gemeente",
      required = true,
      paramLabel = "GM9030",
      description = "Van wie de levering is. / Whose delivery it is.")
  private String gemeente;

  @Option(
      names = "--product",
      paramLabel = "ijw|iwmo",
      description = "Als de bestandsnaam het niet zegt. / When the file's name does not tell.")
  private String product;

  @Option(
      names = "--tijdstip",
      paramLabel = "jjjjMMddUUmmss",
      description = "Als de bestandsnaam het niet zegt. / When the file's name does not tell.")
  private String moment;

  @Option(
      names = "--vervang",
      description = "Vervangt alle eerdere leveringen. / Replaces all earlier deliveries.")
  private boolean replaces;

  @Option(names = "--json", description = "Een verslag per regel, als JSON. / Reports as JSON.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "LEVERING.zip|MAP",
      description =
          "De leveringen, of een map waarin ze staan. / Deliveries, or a folder that holds them.")
  private List<String> words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Gemeente whose = Gemeente.parse(gemeente);
    Optional<Product> which = Optional.ofNullable(product).map(IngestCommand::product);
    Optional<LocalDateTime> when = Optional.ofNullable(moment).map(IngestCommand::moment);
    List<Path> files = DeliveryFiles.of(words);
    if (replaces && files.size() > 1) {
      throw Failure.of(Code.USAGE, "--vervang: " + files.size() + " leveringen; toegestaan is 1");
    }
    Intake intake = intake();
    int refused = 0;
    for (Path file : files) {
      IngestOrder order =
          new IngestOrder(file, whose, which, when, replaces, System.getProperty("user.name", ""));
      refused += taken(intake, order) ? 0 : 1;
    }
    sum(files.size(), refused);
    return refused == 0 ? 0 : 1;
  }

  private void sum(int files, int refused) {
    if (files > 1 && !json) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%d leveringen: %d verwerkt of al bekend, %d geweigerd%n",
          files, files - refused, refused);
      out.flush();
    }
  }

  private Intake intake() {
    Settings settings = where.settings();
    Clock clock = Clock.systemUTC();
    Ingest ingest = new Ingest(Catalogue.read(), IngestConfiguration.of(settings), clock);
    return new Intake(
        ingest,
        new Events(List.of(this::tell)),
        new Refusals(settings.data(), clock),
        Audited.log(settings.data()),
        () -> {});
  }

  /** What went wrong beside the delivery, such as an audit log that cannot be written. */
  private void tell(Event event) {
    if (event instanceof Event.FaultFound fault) {
      Throwable thrown = fault.failure();
      Failure failure =
          thrown instanceof Failure own
              ? own
              : Failure.of(Code.NOT_WRITABLE, thrown.getMessage()).causedBy(thrown);
      spec.commandLine().getErr().print(fault.head() + ": ");
      KetendataCommand.print(spec.commandLine().getErr(), failure);
    }
  }

  static Product product(String text) {
    return Product.of(text)
        .orElseThrow(() -> Failure.of(Code.USAGE, "--product " + text + ": ijw | iwmo"));
  }

  private static LocalDateTime moment(String text) {
    return DeliveryName.moment(text)
        .orElseThrow(() -> Failure.of(Code.USAGE, "--tijdstip " + text + ": jjjjMMddUUmmss"));
  }

  /** One refused delivery does not stop the others. */
  private boolean taken(Intake intake, IngestOrder order) {
    PrintWriter out = spec.commandLine().getOut();
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), order.gemeente().id())) {
      Report report = told(intake, order, bar);
      if (json) {
        out.println(intake.toJson(report));
      } else {
        new ReportTable(out).print(report);
      }
      return true;
    } catch (Failure failure) {
      if (json) {
        out.println(intake.toJson(order, failure));
      } else {
        KetendataCommand.print(spec.commandLine().getErr(), failure);
      }
      return false;
    } finally {
      out.flush();
    }
  }

  /** A server that runs beside this shows how far it is too. */
  private Report told(Intake intake, IngestOrder order, Progress bar) {
    String name = order.file().getFileName().toString();
    Optional<Product> which = order.product().or(DeliveryName.parse(name)::product);
    if (which.isEmpty()) {
      return intake.take(order, Road.COMMAND_LINE, bar);
    }
    ProgressFiles files = new ProgressFiles(where.settings().data(), Clock.systemUTC());
    long process = ProcessHandle.current().pid();
    try (ToldProgress told =
        new ToldProgress(files, order.gemeente(), which.get(), name, process)) {
      try {
        Report report = intake.take(order, Road.COMMAND_LINE, bar.and(told));
        told.ended(report);
        return report;
      } catch (Failure failure) {
        told.ended(failure);
        throw failure;
      }
    }
  }
}
