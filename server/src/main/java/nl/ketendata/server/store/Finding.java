package nl.ketendata.server.store;

/**
 * Something that stands out in rows that were taken.
 *
 * @param column the column that it is about
 * @param code such as {@code KD220}
 * @param text what it is, in Dutch
 * @param rows number of rows
 * @param key row key of one of them
 */
public record Finding(String column, String code, String text, long rows, String key) {}
