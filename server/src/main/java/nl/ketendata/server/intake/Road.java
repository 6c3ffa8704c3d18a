package nl.ketendata.server.intake;

/** How a delivery came in. */
public enum Road {
  COMMAND_LINE("opdracht"),
  HTTP("http"),
  INBOX("inbox");

  private final String id;

  Road(String id) {
    this.id = id;
  }

  /** The word for log and audit. */
  public String id() {
    return id;
  }
}
