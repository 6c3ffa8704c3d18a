package nl.ketendata.server.odata.uri;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.server.odata.model.EntityType;

/**
 * Which properties an answer shows.
 *
 * @param all whether every property was wanted, by {@code *} or by saying nothing
 * @param columns the properties, in order
 * @param navigations navigations that were selected: shown as links only
 */
public record Selection(boolean all, List<String> columns, List<String> navigations) {
  public Selection {
    columns = List.copyOf(columns);
    navigations = List.copyOf(navigations);
  }

  static Selection everything(EntityType type) {
    return new Selection(true, type.columns().stream().map(Column::name).toList(), List.of());
  }

  /** Reads the value of {@code $select}, up to its end. */
  static Selection read(EntityType type, Scanner scanner) {
    boolean all = false;
    Set<String> columns = new LinkedHashSet<>();
    Set<String> navigations = new LinkedHashSet<>();
    do {
      scanner.skipSpaces();
      int start = scanner.position();
      if (scanner.accept("*")) {
        all = true;
      } else {
        String name = scanner.name();
        if (name.isEmpty()) {
          throw scanner.noValue();
        }
        if (type.column(name).isPresent()) {
          columns.add(name);
        } else if (type.navigation(name).isPresent()) {
          navigations.add(name);
        } else {
          throw PathReader.unknown(scanner.option(), type, name, start);
        }
      }
      scanner.skipSpaces();
    } while (scanner.accept(","));
    return all
        ? new Selection(true, everything(type).columns(), List.copyOf(navigations))
        : new Selection(false, List.copyOf(columns), List.copyOf(navigations));
  }
}
