package nl.ketendata.server.cli;

import nl.ketendata.server.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code version}: which version this is. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Toont de versie. / Shows the version.")
final class VersionCommand implements Runnable {
  @Option(names = "--json", description = "Als JSON. / As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String version = Version.current();
    spec.commandLine()
        .getOut()
        .println(json ? "{\"version\":\"" + version + "\"}" : "Ketendata Server " + version);
    spec.commandLine().getOut().flush();
  }
}
