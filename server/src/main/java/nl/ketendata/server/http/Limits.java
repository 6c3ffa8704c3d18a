package nl.ketendata.server.http;

import java.time.Duration;

/**
 * What one client may ask of the web server before anybody knows who it is.
 *
 * @param url characters of path and query
 * @param headers bytes of request line and headers
 * @param connections open at once, of all clients
 * @param headersComplete from connecting to the end of the first request's headers
 * @param idle of a connection between two requests: Power BI may join for ten minutes before it
 *     asks for the next page
 * @param stalled of a connection while a request is answered: the store may think long, and Power
 *     BI may read slowly
 * @param threads requests answered at once; many, because a client that reads slowly keeps one
 * @param waiting requests that wait for a thread
 * @param stop for running answers when the server stops
 */
record Limits(
    int url,
    int headers,
    int connections,
    Duration headersComplete,
    Duration idle,
    Duration stalled,
    int threads,
    int waiting,
    Duration stop) {

  static final Limits STANDARD =
      new Limits(
          8 * 1024,
          16 * 1024,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofMinutes(11),
          Duration.ofMinutes(11),
          256,
          256,
          Duration.ofSeconds(30));

  Limits withHeadersComplete(Duration duration) {
    return new Limits(url, headers, connections, duration, idle, stalled, threads, waiting, stop);
  }

  Limits withIdle(Duration duration) {
    return new Limits(
        url, headers, connections, headersComplete, duration, stalled, threads, waiting, stop);
  }

  Limits withThreads(int running, int queued) {
    return new Limits(
        url, headers, connections, headersComplete, idle, stalled, running, queued, stop);
  }
}
