package nl.ketendata.server.settings;

import java.net.URI;
import java.util.Optional;

/**
 * How the server is reached.
 *
 * @param host {@code host}: the address that it listens on; {@code 127.0.0.1}, which only this
 *     computer reaches
 * @param port {@code port}: of pages, OData and JDBC; 8080; 0 picks a free one
 * @param adminHost {@code admin-host}: the address of the admin port; {@code 127.0.0.1}
 * @param adminPort {@code admin-port}: of health and metrics; 8081
 * @param flightPort {@code flight-port}: of Flight SQL; 8082
 * @param publicUrl {@code public-url}: what clients use, when that is not what this server sees (a
 *     proxy stands before it); without a slash at the end
 * @param open {@code open}: no sign-in; false, and refused on anything but loopback
 */
public record HttpSettings(
    String host,
    int port,
    String adminHost,
    int adminPort,
    int flightPort,
    Optional<URI> publicUrl,
    boolean open) {

  /** A server on loopback, with sign-in, on a port that is free. */
  public static HttpSettings onFreePort() {
    return new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, 0, Optional.empty(), false);
  }
}
