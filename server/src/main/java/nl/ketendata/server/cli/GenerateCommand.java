package nl.ketendata.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.generate.GenerateOrder;
import nl.ketendata.server.generate.Generator;
import nl.ketendata.server.policy.Gemeente;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code generate}: invents deliveries. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Verzint leveringen om mee te oefenen en te meten. / Invents deliveries.")
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--gemeente",
      defaultValue = "GM9030",
      paramLabel = "GM9030",
      description = "Code van de verzonnen gemeente. / Code of the invented gemeente.")
  private String gemeente;

  @Option(
      names = "--product",
      defaultValue = "ijw",
      paramLabel = "ijw|iwmo",
      description = "Welk product. / Which product.")
  private String product;

  @Option(
      names = "--berichten",
      defaultValue = "20000",
      paramLabel = "AANTAL",
      description = "Aantal berichten; standaard 20000. / Number of messages.")
  private long messages;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "GETAL",
      description = "Dezelfde seed geeft dezelfde bytes; standaard 42. / Same seed, same bytes.")
  private long seed;

  @Option(
      names = "--weken",
      defaultValue = "0",
      paramLabel = "AANTAL",
      description = "De laatste zoveel weken als weekleveringen. / So many weekly deltas.")
  private int weeks;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MAP",
      description = "Waar de ZIP's komen. / Where the ZIPs go.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    GenerateOrder order =
        new GenerateOrder(
            Gemeente.parse(gemeente), IngestCommand.product(product), messages, seed, weeks, out);
    List<Path> zips;
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), order.gemeente().id())) {
      zips = new Generator(Catalogue.read()).generate(order, bar::messages);
    }
    zips.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
