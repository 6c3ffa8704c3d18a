package nl.ketendata.server.http;

import java.time.Duration;
import nl.ketendata.server.settings.ConnectionSettings;

/**
 * What one client may ask of the web server before anybody knows who it is.
 *
 * @param url characters of path and query
 * @param headers bytes of request line and headers
 * @param connections open at once
 * @param patience with a client that is slow
 * @param places for requests
 * @param stop for running answers when the server stops
 */
record Limits(
    int url,
    int headers,
    ConnectionSettings connections,
    Patience patience,
    Places places,
    Duration stop) {

  static final Limits STANDARD = of(ConnectionSettings.DEFAULT);

  static Limits of(ConnectionSettings connections) {
    return new Limits(
        8 * 1024,
        16 * 1024,
        connections,
        Patience.STANDARD,
        new Places(256, 256),
        Duration.ofSeconds(30));
  }

  /**
   * How long a client may take.
   *
   * @param headersComplete from connecting, or from the first byte of a request, to the end of its
   *     headers
   * @param idle of a connection between two requests: Power BI may join for ten minutes before it
   *     asks for the next page
   * @param stalled of a connection while a request is answered: the store may think long, and Power
   *     BI may read slowly
   * @param grace how long a client may be slower than the rate
   * @param rate bytes a second that a client takes of an answer, or gives of a body
   */
  record Patience(
      Duration headersComplete, Duration idle, Duration stalled, Duration grace, int rate) {
    static final Patience STANDARD =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMinutes(11),
            Duration.ofMinutes(11),
            Duration.ofSeconds(30),
            1_024);
  }

  /**
   * @param threads requests answered at once; many, because a client that reads slowly keeps one
   * @param waiting requests that wait for a thread
   */
  record Places(int threads, int waiting) {}
}
