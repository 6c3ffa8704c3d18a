package nl.ketendata.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.Application;
import nl.ketendata.server.IngestConfiguration;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.generate.GenerateOrder;
import nl.ketendata.server.generate.Generator;
import nl.ketendata.server.identity.OneTimePassword;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: invents data, takes it in by the normal road and serves it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Laat de server zien met verzonnen gegevens. / Serves invented data.")
final class DemoCommand implements Callable<Integer> {
  /** Not the folder of {@code serve}: invented and real data must not mix. */
  private static final Path DATA = Path.of("data-demo");

  private static final int FIRST_CODE = 9030;
  private static final int MOST_GEMEENTEN = 50;

  @Mixin private ServerOptions options;

  @Option(
      names = "--gemeenten",
      defaultValue = "2",
      paramLabel = "AANTAL",
      description = "Aantal verzonnen gemeenten; standaard 2. / Number of invented gemeenten.")
  private int gemeenten;

  @Option(
      names = "--berichten",
      defaultValue = "20000",
      paramLabel = "AANTAL",
      description =
          "Berichten per gemeente en product; standaard 20000. / Messages of each product.")
  private long messages;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "GETAL",
      description = "Dezelfde seed geeft dezelfde gegevens; standaard 42. / Same seed, same data.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (gemeenten < 1 || gemeenten > MOST_GEMEENTEN) {
      throw Failure.of(Code.USAGE, "--gemeenten " + gemeenten + ": 1.." + MOST_GEMEENTEN);
    }
    Settings settings = options.settings(DATA);
    Catalogue catalogue = Catalogue.read();
    PrintWriter out = spec.commandLine().getOut();
    Files.createDirectories(settings.data());
    List<Gemeente> wanted =
        IntStream.range(0, gemeenten)
            .mapToObj(i -> Gemeente.parse("GM" + (FIRST_CODE + i)))
            .toList();
    Path deliveries = settings.data().resolve("demo");
    Ingest ingest = new Ingest(catalogue, IngestConfiguration.of(settings), Clock.systemUTC());
    for (Gemeente gemeente : wanted) {
      fill(gemeente, deliveries, catalogue, ingest, out);
    }
    delete(deliveries);
    String users = settings.http().open() ? "" : users(settings.data(), wanted);
    Application application = new Application(settings, catalogue, Clock.systemUTC(), true);
    return Running.until(application, settings, out, users);
  }

  private void fill(
      Gemeente gemeente, Path deliveries, Catalogue catalogue, Ingest ingest, PrintWriter out) {
    for (Product product : Product.values()) {
      Path folder = deliveries.resolve(gemeente.id() + product.id());
      List<Path> zips =
          new Generator(catalogue)
              .generate(
                  new GenerateOrder(gemeente, product, messages, seed, 0, folder),
                  nl.ketendata.server.generate.Progress.NONE);
      for (Path generated : zips) {
        Path zip = named(generated);
        try (ProgressBar bar = new ProgressBar(out, gemeente.id() + " " + product.id())) {
          ingest.take(
              new IngestOrder(zip, gemeente, Optional.of(product), Optional.empty(), true, "demo"),
              bar);
        }
      }
    }
  }

  /** Other invented data is another delivery, and takes the place of what was there. */
  private Path named(Path zip) {
    String name = zip.getFileName().toString();
    int moment = name.lastIndexOf('-');
    String own = name.substring(0, moment) + "-demo" + seed + "x" + messages;
    try {
      return Files.move(zip, zip.resolveSibling(own + name.substring(moment)));
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, zip).causedBy(e);
    }
  }

  /** A user per gemeente, with a new password each time: the old one was only shown once. */
  private static String users(Path data, List<Gemeente> gemeenten) {
    SecureRandom random = new SecureRandom();
    Users users = new Users(data, random, Clock.systemUTC());
    StringBuilder lines = new StringBuilder();
    for (Gemeente gemeente : gemeenten) {
      String name = "demo-" + gemeente.id().toLowerCase(Locale.ROOT);
      String password = OneTimePassword.next(random);
      users.replace(name, gemeente.id(), Role.ANALIST, password);
      lines
          .append("  Gebruiker   ")
          .append(name)
          .append("   wachtwoord ")
          .append(password)
          .append(System.lineSeparator());
    }
    return lines.toString();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
