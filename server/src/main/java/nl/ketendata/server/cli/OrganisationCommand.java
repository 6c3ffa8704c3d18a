package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import nl.ketendata.schema.Product;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.Predecessors;
import nl.ketendata.server.organisation.Membership;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.organisation.Register;
import nl.ketendata.server.organisation.RegisterFile;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code organisatie}: gemeenten with their products and predecessors, and hoofdorganisaties. */
@Command(
    name = "organisatie",
    description = "Beheert organisaties. / Manages organisations.",
    subcommands = {
      OrganisationCommand.Add.class,
      OrganisationCommand.Remove.class,
      OrganisationCommand.Listed.class
    })
final class OrganisationCommand extends VerbGroup {
  private static boolean isGemeente(String id) {
    return id.matches("(?i)GM[0-9]{4}");
  }

  /** {@code organisatie voeg-toe}. */
  @Command(
      name = "voeg-toe",
      mixinStandardHelpOptions = true,
      description = {
        "Legt vast welke producten een gemeente heeft en wie haar voorgangers zijn, of voegt"
            + " gemeenten toe aan een hoofdorganisatie.",
        "States the products and predecessors of a gemeente, or adds gemeenten to a"
            + " hoofdorganisatie."
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANISATIE", description = "GM9030 of/or REGIO-ZUID.")
    private String id;

    @Option(
        names = "--product",
        paramLabel = "ijw|iwmo",
        description = "Van een gemeente: alleen deze producten. / These products only.")
    private List<String> products = List.of();

    @Option(
        names = "--voorganger",
        paramLabel = "GM9029",
        description =
            "Van een gemeente: na een herindeling staan de gegevens van deze gemeente er ook in."
                + " / Predecessor whose data it shows too.")
    private List<String> predecessors = List.of();

    @Option(
        names = "--gemeente",
        paramLabel = "GM9030[=VAN[/TOT]]",
        description =
            "Van een hoofdorganisatie: een gemeente, met de dagen waarop zij erbij hoort."
                + " / A gemeente with the days on which it belongs.")
    private List<String> members = List.of();

    @Mixin private Where where;

    @Override
    public Integer call() {
      RegisterFile file = new RegisterFile(where.data());
      if (isGemeente(id)) {
        refuse(!members.isEmpty(), "--gemeente");
        Gemeente gemeente = Gemeente.parse(id);
        List<Gemeente> before = predecessors.stream().map(Gemeente::parse).toList();
        refuse(before.contains(gemeente), "--voorganger " + id);
        file.change(register -> register.with(gemeente, served -> stated(served, before)));
        before.forEach(each -> Predecessors.add(where.data(), gemeente, each));
        Audited.record(where.data(), Act.ORGANISATIE_GEWIJZIGD, id, "voeg-toe");
        return 0;
      }
      refuse(!products.isEmpty(), "--product");
      refuse(!predecessors.isEmpty(), "--voorganger");
      refuse(members.isEmpty(), "--gemeente");
      String group = Register.group(id);
      List<Membership> added = members.stream().map(Membership::parse).toList();
      file.change(register -> register.with(group, added));
      Audited.record(where.data(), Act.ORGANISATIE_GEWIJZIGD, id, "voeg-toe");
      return 0;
    }

    private Register.Served stated(Register.Served served, List<Gemeente> before) {
      Set<Product> wanted = EnumSet.noneOf(Product.class);
      products.forEach(each -> wanted.add(IngestCommand.product(each)));
      Register.Served stated = wanted.isEmpty() ? served : served.with(wanted);
      for (Gemeente each : before) {
        stated = stated.after(each);
      }
      return stated;
    }

    private void refuse(boolean wrong, String option) {
      if (wrong) {
        throw Failure.of(Code.USAGE, "organisatie voeg-toe " + id + " " + option);
      }
    }
  }

  /** {@code organisatie verwijder}. */
  @Command(
      name = "verwijder",
      mixinStandardHelpOptions = true,
      description = {
        "Verwijdert een hoofdorganisatie, of wat over een gemeente is vastgelegd; gegevens"
            + " blijven.",
        "Removes a hoofdorganisatie, or what is stated of a gemeente; no data."
      })
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANISATIE", description = "GM9030 of/or REGIO-ZUID.")
    private String id;

    @Mixin private Where where;

    @Override
    public Integer call() {
      new RegisterFile(where.data())
          .change(
              register ->
                  isGemeente(id)
                      ? register.without(Gemeente.parse(id))
                      : register.without(Register.group(id)));
      Audited.record(where.data(), Act.ORGANISATIE_GEWIJZIGD, id, "verwijder");
      return 0;
    }
  }

  /** {@code organisatie lijst}. */
  @Command(
      name = "lijst",
      mixinStandardHelpOptions = true,
      description = "Toont de organisaties van vandaag. / Lists today's organisations.")
  static final class Listed implements Callable<Integer> {
    @Mixin private Where where;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Path data = where.data();
      Organisations organisations =
          new Organisations(new RegisterFile(data), () -> Store.gemeenten(data), Clock.systemUTC());
      for (Organisation organisation : organisations.all()) {
        out.print(organisation.id());
        for (Product product : Product.values()) {
          String shown =
              organisation.gemeenten(product).stream()
                  .map(Gemeente::id)
                  .collect(Collectors.joining(","));
          out.print("  " + product.id() + "=" + (shown.isEmpty() ? "-" : shown));
        }
        out.println();
      }
      out.flush();
      return 0;
    }
  }
}
