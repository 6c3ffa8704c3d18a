package nl.ketendata.server.lookup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.DataVersion;

/**
 * A question about one table of one version: the rows for which all conditions hold.
 *
 * @param gemeente whose version
 * @param product of which product
 * @param version its number
 * @param table with the columns of that version
 * @param conditions that all hold
 * @param columns of the answer, by name; {@link DataVersion#POSITION} for the row's position,
 *     {@link #ORDINAL} for its number in the answer or that of its outer row
 * @param order of the rows; empty for that of the version
 * @param skip rows left out at the beginning
 * @param top most rows after those; {@link Long#MAX_VALUE} for all
 * @param counts whether the answer is the number of rows, instead of the rows
 * @param outer the rows to which those of the answer belong, which come in the order of these
 */
public record Lookup(
    Gemeente gemeente,
    Product product,
    long version,
    Table table,
    List<Condition> conditions,
    List<String> columns,
    List<By> order,
    long skip,
    long top,
    boolean counts,
    Optional<Outer> outer) {
  /** Stands for a number among the columns of an answer; no column begins like it. */
  public static final String ORDINAL = "_volgnummer";

  /** Rows that are sooner had here than of the engine, as they lie or in an order. */
  private static final int FEW = 2_000;

  public Lookup {
    conditions = List.copyOf(conditions);
    columns = List.copyOf(columns);
    order = List.copyOf(order);
  }

  /** How a value of a row is held against another; with null, only the last two can be true. */
  public enum Comparison {
    EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    NULL,
    NOT_NULL
  }

  /**
   * What must hold of a row.
   *
   * @param value a {@code String}, {@code Long}, {@code LocalDate}, {@code LocalTime} or {@code
   *     LocalDateTime}, or a {@link Parameter}; anything for the comparisons with null
   */
  public record Condition(String column, Comparison comparison, Object value) {
    Object value(List<Object> parameters) {
      return value instanceof Parameter parameter ? parameters.get(parameter.number()) : value;
    }
  }

  /**
   * A value that comes when the question is asked.
   *
   * @param number from 0
   */
  public record Parameter(int number) {}

  /**
   * Rows to which others belong.
   *
   * @param rows what they are
   * @param key their column
   * @param own the column that has the same value
   * @param numbered whether they are known by their number in that answer, or else by their
   *     position
   */
  public record Outer(Lookup rows, String key, String own, boolean numbered) {}

  /** A criterion of an order. */
  public record By(String column, boolean descending, boolean nullsFirst) {}

  /** Whether many rows may come to which no value leads: those the engine has sooner. */
  boolean isWide() {
    if (outer.isPresent()) {
      return outer.get().rows().isWide();
    }
    return !counts
        && top > FEW
        && conditions.stream().noneMatch(each -> each.comparison() == Comparison.EQUAL);
  }

  /** The columns that are looked at; not the position. */
  Set<String> reads() {
    Set<String> reads = new LinkedHashSet<>(columns);
    conditions.forEach(condition -> reads.add(condition.column()));
    order.forEach(by -> reads.add(by.column()));
    outer.ifPresent(belongs -> reads.add(belongs.own));
    reads.remove(DataVersion.POSITION);
    reads.remove(ORDINAL);
    return reads;
  }

  /** The columns of which one value is wanted; if there is none, the one that orders first. */
  Set<String> sought() {
    Set<String> sought = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      if (condition.comparison() == Comparison.EQUAL) {
        sought.add(condition.column());
      }
    }
    outer.ifPresent(belongs -> sought.add(belongs.own));
    if (sought.isEmpty() && !order.isEmpty()) {
      sought.add(order.get(0).column());
      sought.remove(DataVersion.POSITION);
    }
    return sought;
  }
}
