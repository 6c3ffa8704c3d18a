package nl.ketendata.server.question;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows of one table, with related rows inside.
 *
 * <p>The order is total in every case: criteria are completed with the row key; without criteria
 * rows come in the order in which the version holds them.
 *
 * @param table exact name of the table
 * @param columns exact names of the columns wanted, in order; not empty
 * @param computed values that {@code columns} may name beside the table's own
 * @param filter the condition that rows fulfil
 * @param steps what the rows go through behind the filter; when there are any, columns name what
 *     comes out of them (a column of a parent with its path, as in {@code JW301/Client_Bsn}), there
 *     are no positions, and expands only of rows that are still the table's
 * @param order criteria; empty for the version's own order
 * @param skip rows to pass over
 * @param top at most this many rows
 * @param from position (see {@code Answer}) of the first row wanted; only without order
 * @param expands related rows wanted inside each row
 */
public record RowsQuestion(
    String table,
    List<String> columns,
    List<Computed> computed,
    Optional<Expression> filter,
    List<Step> steps,
    List<Order> order,
    long skip,
    OptionalLong top,
    OptionalLong from,
    List<Expand> expands) {

  public RowsQuestion {
    columns = List.copyOf(columns);
    computed = List.copyOf(computed);
    steps = List.copyOf(steps);
    order = List.copyOf(order);
    expands = List.copyOf(expands);
  }

  /** Rows of which nothing is computed. */
  public RowsQuestion(
      String table,
      List<String> columns,
      Optional<Expression> filter,
      List<Order> order,
      long skip,
      OptionalLong top,
      OptionalLong from,
      List<Expand> expands) {
    this(table, columns, List.of(), filter, List.of(), order, skip, top, from, expands);
  }

  /** A value under a name that no column of the table has. */
  public record Computed(String name, Expression value) {}

  /** The value that a name stands for. */
  public Expression value(String name) {
    return computed.stream()
        .filter(each -> each.name().equals(name))
        .map(Computed::value)
        .findFirst()
        .orElseGet(() -> new Expression.ColumnOf(Expression.IT, List.of(), name));
  }

  /** The same question of the rows that fulfil another condition and go through other steps. */
  public RowsQuestion where(Optional<Expression> condition, List<Step> others) {
    return new RowsQuestion(
        table, columns, computed, condition, others, order, skip, top, from, expands);
  }

  /** All rows of a table in the version's own order. */
  public static RowsQuestion all(String table, List<String> columns) {
    return new RowsQuestion(
        table,
        columns,
        Optional.empty(),
        List.of(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  /**
   * Related rows inside each row.
   *
   * @param navigation name of the navigation, to children or to a parent
   * @param rows which rows; skip and top hold within each outer row; from is not used
   * @param count whether the number of related rows (after the filter, before skip and top) is
   *     wanted for each outer row
   */
  public record Expand(String navigation, RowsQuestion rows, boolean count) {}
}
