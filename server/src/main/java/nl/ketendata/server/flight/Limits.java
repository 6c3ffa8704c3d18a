package nl.ketendata.server.flight;

import java.time.Duration;

/**
 * What clients may hold on to, and take.
 *
 * @param idleSession how long a sign-in lives without a call
 * @param check how long a sign-in is believed before its credentials are checked again
 * @param sessions sign-ins of one caller; one more ends the one that was idle longest. The stock
 *     driver does not tell that it closes a connection, so that they add up until they are idle
 * @param idleHandle how long a prepared statement or a result lives unused
 * @param handles prepared statements, and as many results, of one caller; one more forgets the one
 *     that was idle longest
 * @param stalled how long a client may take nothing of its rows before they are taken away
 * @param calls calls that run at once
 * @param streams of those, the ones that send rows
 */
record Limits(
    Duration idleSession,
    Duration check,
    int sessions,
    Duration idleHandle,
    int handles,
    Duration stalled,
    int calls,
    int streams) {
  /** Callers whose things are kept at once, when each has as many as it may. */
  static final int FULL_CALLERS = 20;

  static final Limits STANDARD =
      new Limits(
          Duration.ofMinutes(30),
          Duration.ofSeconds(60),
          1_000,
          Duration.ofMinutes(30),
          500,
          Duration.ofSeconds(60),
          256,
          64);
}
