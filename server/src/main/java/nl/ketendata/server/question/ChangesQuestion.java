package nl.ketendata.server.question;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has happened to the rows of a question between two versions: rows that were added, that are
 * other rows now, and that are no longer among them. Ordered by row key.
 *
 * @param table exact name of the table
 * @param columns exact names of the columns wanted of the rows that are there now
 * @param filter the condition that rows fulfil
 * @param skip changes to pass over
 * @param top at most this many
 */
public record ChangesQuestion(
    String table, List<String> columns, Optional<Expression> filter, long skip, OptionalLong top) {
  public ChangesQuestion {
    columns = List.copyOf(columns);
  }
}
