package nl.ketendata.server;

import nl.ketendata.server.cli.KetendataCommand;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(KetendataCommand.run(arguments));
  }
}
