package nl.ketendata.server.http;

import java.time.Duration;

/**
 * What one client may ask of the web server before anybody knows who it is.
 *
 * @param url characters of path and query
 * @param headers bytes of request line and headers
 * @param connections open at once, of all clients
 * @param perAddress connections of one address
 * @param headersComplete from connecting, or from the first byte of a request, to the end of its
 *     headers
 * @param idle of a connection between two requests: Power BI may join for ten minutes before it
 *     asks for the next page
 * @param stalled of a connection while a request is answered: the store may think long, and Power
 *     BI may read slowly
 * @param grace how long a client may be slower than the rate
 * @param rate bytes a second that a client takes of an answer, or gives of a body
 * @param threads requests answered at once; many, because a client that reads slowly keeps one
 * @param waiting requests that wait for a thread
 * @param stop for running answers when the server stops
 */
record Limits(
    int url,
    int headers,
    int connections,
    int perAddress,
    Duration headersComplete,
    Duration idle,
    Duration stalled,
    Duration grace,
    int rate,
    int threads,
    int waiting,
    Duration stop) {

  static final Limits STANDARD =
      new Limits(
          8 * 1024,
          16 * 1024,
          1_000,
          100,
          Duration.ofSeconds(10),
          Duration.ofMinutes(11),
          Duration.ofMinutes(11),
          Duration.ofSeconds(30),
          1_024,
          256,
          256,
          Duration.ofSeconds(30));

  Limits withHeadersComplete(Duration duration) {
    return new Limits(
        url,
        headers,
        connections,
        perAddress,
        duration,
        idle,
        stalled,
        grace,
        rate,
        threads,
        waiting,
        stop);
  }

  Limits withIdle(Duration duration) {
    return new Limits(
        url,
        headers,
        connections,
        perAddress,
        headersComplete,
        duration,
        stalled,
        grace,
        rate,
        threads,
        waiting,
        stop);
  }

  Limits withGrace(Duration duration) {
    return new Limits(
        url,
        headers,
        connections,
        perAddress,
        headersComplete,
        idle,
        stalled,
        duration,
        rate,
        threads,
        waiting,
        stop);
  }

  Limits withRate(int bytes) {
    return new Limits(
        url,
        headers,
        connections,
        perAddress,
        headersComplete,
        idle,
        stalled,
        grace,
        bytes,
        threads,
        waiting,
        stop);
  }

  Limits withThreads(int running, int queued) {
    return new Limits(
        url,
        headers,
        connections,
        perAddress,
        headersComplete,
        idle,
        stalled,
        grace,
        rate,
        running,
        queued,
        stop);
  }
}
