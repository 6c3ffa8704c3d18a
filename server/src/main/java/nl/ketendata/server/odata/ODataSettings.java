package nl.ketendata.server.odata;

/**
 * Settings of the head.
 *
 * @param pageSize rows of a page when the client says nothing
 * @param pageCap the most rows of a page, whatever the client says
 */
public record ODataSettings(int pageSize, int pageCap) {
  /** Clients follow pages one by one, so that large pages make a fast feed. */
  public static final ODataSettings DEFAULT = new ODataSettings(50_000, 100_000);
}
