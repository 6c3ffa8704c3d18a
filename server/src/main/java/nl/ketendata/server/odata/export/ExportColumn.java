package nl.ketendata.server.odata.export;

/**
 * A column of the answer.
 *
 * @param name in the heading
 * @param instant whether a date-time is a moment in UTC, and not a wall clock; the vectors do not
 *     say that
 */
public record ExportColumn(String name, boolean instant) {}
