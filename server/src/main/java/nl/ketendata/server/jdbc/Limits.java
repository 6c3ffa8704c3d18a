package nl.ketendata.server.jdbc;

import java.time.Duration;

/**
 * What clients may hold on to between requests.
 *
 * @param idleConnection how long a connection lives without a request
 * @param idleRows how long rows wait to be fetched; shorter, since they hold a part of the store
 * @param connections of one caller; one more closes the one that was idle longest
 * @param statements of one connection
 */
record Limits(Duration idleConnection, Duration idleRows, int connections, int statements) {
  static final Limits STANDARD =
      new Limits(Duration.ofMinutes(30), Duration.ofMinutes(5), 100, 500);
}
