package nl.ketendata.server.failure;

/**
 * An argument of a failure's text that is itself said in words, and so differs by language.
 *
 * @param dutch for a text in Dutch
 * @param english for one in English
 */
public record Words(String dutch, String english) {
  /** In Dutch, as logs and reports are. */
  @Override
  public String toString() {
    return dutch;
  }
}
