package nl.ketendata.server.settings;

/**
 * How many connections the web server keeps open at once. One more takes the place of a connection
 * that asks nothing; when all are being answered, it is closed at once.
 *
 * @param total {@code http.connections}: of all clients; 1000
 * @param perAddress {@code http.connections-per-address}: of one address, which may be a whole
 *     office behind one router; 100. Not for this computer and trusted proxies
 */
public record ConnectionSettings(int total, int perAddress) {
  /** What holds when nothing is set. */
  public static final ConnectionSettings DEFAULT = new ConnectionSettings(1_000, 100);
}
