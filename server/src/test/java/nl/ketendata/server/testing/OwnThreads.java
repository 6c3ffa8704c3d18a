package nl.ketendata.server.testing;

/** The threads that this server has made; libraries and the JVM make others as they please. */
public final class OwnThreads {
  private OwnThreads() {}

  /** How many there are now. */
  public static long count() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ketendata-"))
        .count();
  }
}
