package nl.ketendata.server.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How people sign in with a browser.
 *
 * @param clientId of this server at the identity provider
 * @param clientSecret file with the secret that goes with it; none for a public client
 * @param idle after which a session ends without a request
 * @param longest after which it ends whatever happens
 */
public record BrowserSettings(
    String clientId, Optional<Path> clientSecret, Duration idle, Duration longest) {

  /** Half an hour without a request, twelve hours in all. */
  public BrowserSettings(String clientId, Optional<Path> clientSecret) {
    this(clientId, clientSecret, Duration.ofMinutes(30), Duration.ofHours(12));
  }
}
