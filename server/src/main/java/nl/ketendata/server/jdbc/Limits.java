package nl.ketendata.server.jdbc;

import java.time.Duration;

/**
 * What clients may hold on to between requests.
 *
 * @param idleConnection how long a connection lives without a request
 * @param idleRows how long rows wait to be fetched; shorter, since they hold one of the few places
 *     that the store has
 * @param connections of one caller; one more closes the one that was idle longest
 * @param statements of one connection
 */
record Limits(Duration idleConnection, Duration idleRows, int connections, int statements) {
  static final Limits STANDARD =
      new Limits(Duration.ofMinutes(30), Duration.ofMinutes(1), 100, 500);
}
