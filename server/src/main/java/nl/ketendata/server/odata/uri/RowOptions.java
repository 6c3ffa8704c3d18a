package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;

/**
 * What is asked of rows of one type.
 *
 * @param type the type of the rows
 * @param select which properties are shown
 * @param filter the condition that rows fulfil
 * @param order criteria
 * @param skip rows to pass over
 * @param top at most this many rows
 * @param count whether their number is wanted
 * @param expands related rows wanted inside each
 */
public record RowOptions(
    EntityType type,
    Selection select,
    Optional<Expression> filter,
    List<Order> order,
    long skip,
    OptionalLong top,
    boolean count,
    List<Expansion> expands) {
  public RowOptions {
    order = List.copyOf(order);
    expands = List.copyOf(expands);
  }

  /** What of related rows is shown. */
  public enum Shown {
    ROWS,
    REFERENCES,
    COUNT
  }

  /**
   * Related rows inside each row.
   *
   * @param navigation the way to them
   * @param shown what of them
   * @param rows which of them
   */
  public record Expansion(Navigation navigation, Shown shown, RowOptions rows) {}
}
