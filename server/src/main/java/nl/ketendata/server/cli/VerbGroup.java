package nl.ketendata.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A word that needs a verb behind it: alone it tells which there are. */
@Command(mixinStandardHelpOptions = true)
abstract class VerbGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
