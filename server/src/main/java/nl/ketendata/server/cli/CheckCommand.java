package nl.ketendata.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: whether the server could start here, one line per thing. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Kijkt of de server hier kan werken. / Checks whether the server can run here.")
final class CheckCommand implements Callable<Integer> {
  private static final long LITTLE_SPACE = 5L << 30;

  @Mixin private ServerOptions options;

  @Option(names = "--json", description = "De bevindingen als JSON. / The findings as JSON.")
  private boolean json;

  @Option(
      names = "--opslag",
      description =
          "Alleen de gegevens: leveringen tegen versies. / The data only: deliveries and versions.")
  private boolean storeOnly;

  @Spec private CommandSpec spec;
  private final List<StoreCheck.Line> lines = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    check();
    if (json) {
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(lines));
      spec.commandLine().getOut().flush();
    }
    return lines.stream().anyMatch(line -> line.verdict().equals("fout")) ? 1 : 0;
  }

  private void check() throws IOException {
    Settings settings;
    try {
      settings = options.settings();
    } catch (Failure failure) {
      say("fout", "instellingen", failure.message(KetendataCommand.language()));
      return;
    }
    Catalogue catalogue = Catalogue.read();
    if (!storeOnly) {
      environment(settings, catalogue);
    }
    new StoreCheck(settings.data(), catalogue)
        .run()
        .forEach(line -> say(line.verdict(), line.thing(), line.what()));
  }

  private void environment(Settings settings, Catalogue catalogue) throws IOException {
    say("goed", "instellingen", "");
    long tables = catalogue.standards().values().stream().mapToLong(s -> s.tables().size()).sum();
    say("goed", "catalogus", tables + " tabellen");
    folder(settings.data());
    audit(settings.data());
    new AccessCheck(settings, Clock.systemUTC())
        .run()
        .forEach(line -> say(line.verdict(), line.thing(), line.what()));
    port("poort", settings.http().host(), settings.http().port());
    port("beheerpoort", settings.http().adminHost(), settings.http().adminPort());
  }

  private void folder(Path data) throws IOException {
    Path folder = data.toAbsolutePath().normalize();
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      say("fout", "gegevensmap", folder + " is niet te beschrijven");
      return;
    }
    say("goed", "gegevensmap", folder + ", " + Store.gemeenten(folder).size() + " gemeenten");
    long free = Files.getFileStore(folder).getUsableSpace();
    say(free < LITTLE_SPACE ? "let op" : "goed", "schijfruimte", (free >> 30) + " GiB vrij");
  }

  private void audit(Path data) throws IOException {
    AuditLog.Checked checked = new AuditLog(data, Clock.systemUTC(), e -> {}).check();
    String found = checked.lines() + " regels, laatste " + checked.last();
    say(
        checked.faults().isEmpty() ? "goed" : "fout",
        "auditlogboek",
        checked.faults().isEmpty()
            ? found
            : "gewijzigd of onvolledig bij " + String.join(", ", checked.faults()));
  }

  private void port(String what, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      say("goed", what, host + ":" + port + " is vrij");
    } catch (IOException e) {
      say("fout", what, host + ":" + port + " is niet vrij");
    }
  }

  private void say(String verdict, String thing, String what) {
    lines.add(new StoreCheck.Line(verdict, thing, what));
    if (json) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-7s %-13s %s%n", verdict, thing, what);
    out.flush();
  }
}
