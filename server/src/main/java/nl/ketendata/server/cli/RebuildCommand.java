package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.IngestConfiguration;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.ingest.Rebuild;
import nl.ketendata.server.policy.Gemeente;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code herbouw}: makes the data of a gemeente again from its kept deliveries. */
@Command(
    name = "herbouw",
    mixinStandardHelpOptions = true,
    description =
        "Maakt de gegevens opnieuw uit de bewaarde leveringen."
            + " / Makes the data again from the kept deliveries.")
final class RebuildCommand implements Callable<Integer> {

  @Mixin private Where where;

  @Option(
      names = "--gemeente",
      required = true,
      paramLabel = "GM9030",
      description = "Van welke gemeente. / Of which gemeente.")
  private String gemeente;

  @Option(
      names = "--product",
      paramLabel = "ijw|iwmo",
      description = "Welk product; standaard beide. / Which product; both by default.")
  private String product;

  @Option(names = "--json", description = "Het resultaat als JSON. / The result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Gemeente whose = Gemeente.parse(gemeente);
    List<Product> products =
        product == null ? List.of(Product.values()) : List.of(IngestCommand.product(product));
    Rebuild rebuild =
        new Rebuild(Catalogue.read(), IngestConfiguration.of(where.settings()), Clock.systemUTC());
    for (Product each : products) {
      rebuild(rebuild, whose, each);
      Audited.record(where.data(), Act.GEGEVENS_HERBOUWD, whose.id(), "herbouw " + each.id());
    }
    return 0;
  }

  private void rebuild(Rebuild rebuild, Gemeente whose, Product each) {
    PrintWriter out = spec.commandLine().getOut();
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), whose.id())) {
      Rebuild.Result result = rebuild.rebuild(whose, each, bar);
      if (json) {
        out.printf(
            "{\"gemeente\":\"%s\",\"product\":\"%s\",\"versie\":%d,\"leveringen\":%d}%n",
            result.gemeente(), result.product(), result.versie(), result.leveringen());
      } else {
        out.printf(
            "%s %s: versie %d, opnieuw gemaakt uit %d leveringen%n",
            result.gemeente(), result.product(), result.versie(), result.leveringen());
      }
    } finally {
      out.flush();
    }
  }
}
