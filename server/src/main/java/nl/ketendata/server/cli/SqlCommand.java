package nl.ketendata.server.cli;

import nl.ketendata.server.algebra.LanguagePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sql-taal}: every construct and function of SQL that is supported. */
@Command(
    name = "sql-taal",
    mixinStandardHelpOptions = true,
    description = "Toont de SQL die u kunt gebruiken. / Shows the SQL that you can use.")
final class SqlCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(LanguagePage.markdown());
    spec.commandLine().getOut().flush();
  }
}
