package nl.ketendata.server.odata.json;

/**
 * What the client wants of the wire format.
 *
 * @param metadata how much control information
 * @param numbersAsText whether Int64 and Decimal are strings (IEEE754Compatible)
 * @param omitNulls whether properties without value are left out
 * @param root the service root, absolute, with a slash at the end
 * @param namespace of the types
 */
public record Style(
    Metadata metadata, boolean numbersAsText, boolean omitNulls, String root, String namespace) {

  /** The levels of {@code odata.metadata}. */
  public enum Metadata {
    NONE,
    MINIMAL,
    FULL
  }

  public boolean full() {
    return metadata == Metadata.FULL;
  }

  /** Whether addresses of contexts are written. */
  public boolean contexts() {
    return metadata != Metadata.NONE;
  }
}
