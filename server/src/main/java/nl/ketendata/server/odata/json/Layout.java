package nl.ketendata.server.odata.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;

/**
 * How rows of one type are written.
 *
 * @param type the type of the rows
 * @param columns the columns that were asked for, in order
 * @param shown how many of the first ones are written; the others serve addresses
 * @param references whether only the addresses of the rows are written
 * @param inner related rows inside each
 * @param made what the type does not say of the columns
 */
public record Layout(
    EntityType type,
    List<String> columns,
    int shown,
    boolean references,
    List<Inner> inner,
    Made made) {

  public Layout(
      EntityType type, List<String> columns, int shown, boolean references, List<Inner> inner) {
    this(type, columns, shown, references, inner, Made.NOTHING);
  }

  public Layout {
    columns = List.copyOf(columns);
    inner = List.copyOf(inner);
  }

  /**
   * Related rows inside each row.
   *
   * @param navigation the way to them
   * @param count whether their number is written
   * @param rows whether they are written themselves
   * @param layout how
   * @param rest where those are that one answer does not hold; empty when it holds all
   */
  public record Inner(
      Navigation navigation, boolean count, boolean rows, Layout layout, Optional<Rest> rest) {}

  /**
   * How many related rows an answer holds of each outer row, and where the others are.
   *
   * @param most of these rows
   * @param link where the rows behind them are
   */
  public record Rest(int most, Link link) {}

  /** The address of rows related to the row with this key, behind so many of them. */
  public interface Link {
    String behind(String key, long rows);
  }

  /**
   * What was computed, grouped or aggregated. A column of a parent is named with its path and
   * written inside an object of that name.
   *
   * @param types names of types by column, such as {@code Edm.Decimal}
   * @param stored types of the columns that values are from
   * @param branches which columns the rows of each branch have, when there are branches: the number
   *     of its branch then stands behind the columns of a row
   * @param entities whether the rows are still entities, with an address
   */
  public record Made(
      Map<String, String> types,
      Map<String, ColumnType> stored,
      List<Set<String>> branches,
      boolean entities) {
    static final Made NOTHING = new Made(Map.of(), Map.of(), List.of(), true);

    public Made {
      types = Map.copyOf(types);
      stored = Map.copyOf(stored);
      branches = List.copyOf(branches);
    }
  }

  /** The name of a column's type. */
  String edmType(String column) {
    return Optional.ofNullable(made.types().get(column))
        .orElseGet(() -> edmType(type.column(column).orElseThrow().type()));
  }

  private static String edmType(ColumnType type) {
    return switch (type) {
      case STRING -> "Edm.String";
      case INTEGER -> "Edm.Int64";
      case DATE -> "Edm.Date";
      case TIME -> "Edm.TimeOfDay";
      case DATETIME, INSTANT -> "Edm.DateTimeOffset";
    };
  }

  /** The clock of a column with moments: the wall clock, unless its values are instants. */
  public ColumnType stored(String column) {
    return made.types().containsKey(column)
        ? made.stored().getOrDefault(column, ColumnType.DATETIME)
        : type.column(column).orElseThrow().type();
  }

  /** Whether each row may have other members, or members inside others. */
  boolean nested() {
    return !made.branches().isEmpty() || columns.stream().anyMatch(name -> name.contains("/"));
  }
}
