package nl.ketendata.server.audit;

/**
 * One thing that was done.
 *
 * @param actor name of the user, or of the account of the computer; empty when nobody is known
 * @param organisation identifiers of the organisations that it is about, in upper case, separated
 *     by spaces; empty for the installation
 * @param origin address that it came from; empty when that is this computer
 * @param object what it was done with: the shape of a question, without its values
 * @param result {@code goed}, or the code of the failure
 * @param rows that were read
 */
public record Entry(
    Act act,
    String actor,
    String organisation,
    String origin,
    String object,
    String result,
    long rows) {
  /** The result when nothing went wrong. */
  public static final String GOOD = "goed";

  /** Something done with this installation from its own computer. */
  public static Entry here(Act act, String organisation, String object) {
    return new Entry(act, System.getProperty("user.name", ""), organisation, "", object, GOOD, 0);
  }
}
