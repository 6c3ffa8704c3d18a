package nl.ketendata.server.admin;

/**
 * How the server is doing.
 *
 * @param ready whether questions can be answered
 * @param reason why not, or what cannot be done at the moment; empty when all is well
 */
public record Health(boolean ready, String reason) {
  public static final Health GOOD = new Health(true, "");

  /** No question can be answered. */
  public static Health broken(String reason) {
    return new Health(false, reason);
  }

  /** Questions can be answered, but something else cannot be done. */
  public static Health limited(String reason) {
    return new Health(true, reason);
  }

  /** For those who look: one line, or two. */
  String text() {
    String first = ready ? "ready\n" : "";
    return reason.isEmpty() ? first : first + reason + "\n";
  }
}
