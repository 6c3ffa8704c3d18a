package nl.ketendata.server.generate.message;

/**
 * Why a message is rejected.
 *
 * @param dataClass the class that the code is about: {@code Header}, {@code Client} or a child
 *     file's
 * @param code the return code
 */
public record Verdict(String dataClass, String code) {
  static final String HEADER = "Header";
  static final String CLIENT = "Client";

  /** Nothing to remark on this class. */
  static final String GOOD = "0200";

  /** This class was not looked at. */
  static final String NOT_JUDGED = "0233";

  /** The declaration is granted in full. */
  static final String GRANTED = "8001";
}
