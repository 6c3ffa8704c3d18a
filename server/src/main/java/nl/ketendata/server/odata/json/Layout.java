package nl.ketendata.server.odata.json;

import java.util.List;
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
 */
public record Layout(
    EntityType type, List<String> columns, int shown, boolean references, List<Inner> inner) {
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
   */
  public record Inner(Navigation navigation, boolean count, boolean rows, Layout layout) {}
}
