package nl.ketendata.schema;

import java.util.List;

/**
 * A link between messages, or between rows of different messages, as the standard defines it.
 *
 * @param id the relation's id, such as {@code R05}
 * @param kind {@code bericht-bericht} or {@code rij-rij}
 * @param from file that refers; {@code *} for any
 * @param fromColumns columns that refer; a column of another file of the message is written {@code
 *     (JW301.Header_Afzender)}
 * @param to file referred to
 * @param toColumns columns referred to, in the same order
 * @param cardinality as the standard gives it
 * @param condition when the relation holds
 * @param rule rule codes of the standard
 * @param description what it means, in Dutch
 * @param status standard or designed
 * @param confidence on what the declaration rests
 */
public record Relation(
    String id,
    String kind,
    String from,
    List<String> fromColumns,
    String to,
    List<String> toColumns,
    String cardinality,
    String condition,
    String rule,
    String description,
    String status,
    String confidence) {}
