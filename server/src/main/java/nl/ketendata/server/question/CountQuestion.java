package nl.ketendata.server.question;

import java.util.List;
import java.util.Optional;

/**
 * The number of rows of a table, or of what comes out of steps.
 *
 * @param table exact name of the table
 * @param filter the condition that rows fulfil
 * @param steps what the rows go through behind the filter
 */
public record CountQuestion(String table, Optional<Expression> filter, List<Step> steps) {
  public CountQuestion {
    steps = List.copyOf(steps);
  }

  /** Whether all rows of the table are counted. */
  public boolean wholeTable() {
    return filter.isEmpty() && steps.isEmpty();
  }

  public CountQuestion(String table, Optional<Expression> filter) {
    this(table, filter, List.of());
  }
}
