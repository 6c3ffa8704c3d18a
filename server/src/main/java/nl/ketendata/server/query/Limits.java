package nl.ketendata.server.query;

import java.time.Duration;

/**
 * What questions may take.
 *
 * @param running statements that run at once
 * @param patience how long a question waits for its turn before it is refused
 * @param statement how long the engine may work on a statement of SQL or a count
 * @param export how long the engine may work on a stream of rows; the time that a client takes to
 *     read does not count
 */
public record Limits(int running, Duration patience, Duration statement, Duration export) {}
