package nl.ketendata.server;

import nl.ketendata.server.cli.KetendataCommand;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // As they are, the pools of Arrow and gRPC fill the direct memory that goes with a heap of 64
    // MB.
    unlessGiven("io.netty.allocator.numDirectArenas", "2");
    unlessGiven("io.netty.allocator.maxOrder", "6");
    System.exit(KetendataCommand.run(arguments));
  }

  private static void unlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
