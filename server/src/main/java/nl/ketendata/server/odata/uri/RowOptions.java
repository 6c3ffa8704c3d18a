package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion.Computed;
import nl.ketendata.server.question.Step;

/**
 * What is asked of rows of one type.
 *
 * @param shape what the rows are that the answer shows: those of the type, with computed ones
 *     beside them, or what came out of the steps
 * @param select which properties are shown
 * @param computed values beside the columns of the type
 * @param steps what the rows go through, with the conditions behind it; empty without {@code
 *     $apply}
 * @param filter the condition that rows fulfil
 * @param order criteria
 * @param skip rows to pass over
 * @param top at most this many rows
 * @param count whether their number is wanted
 * @param expands related rows wanted inside each
 */
public record RowOptions(
    Shape shape,
    Selection select,
    List<Computed> computed,
    List<Step> steps,
    Optional<Expression> filter,
    List<Order> order,
    long skip,
    OptionalLong top,
    boolean count,
    List<Expansion> expands) {
  public RowOptions {
    computed = List.copyOf(computed);
    steps = List.copyOf(steps);
    order = List.copyOf(order);
    expands = List.copyOf(expands);
  }

  /** The type of the rows, or of those that they were made from. */
  public EntityType type() {
    return shape.type();
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
   * @param options the options as they are written, by name: what a question for these rows alone
   *     would say; empty when they also look at the row around them
   */
  public record Expansion(
      Navigation navigation, Shown shown, RowOptions rows, Optional<Map<String, String>> options) {}
}
