package nl.ketendata.server.odata.uri;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which properties an answer shows.
 *
 * @param all whether every property was wanted, by {@code *} or by saying nothing
 * @param columns the properties, in order; a property of a parent with its path
 * @param navigations navigations that were selected: shown as links only
 */
public record Selection(boolean all, List<String> columns, List<String> navigations) {
  public Selection {
    columns = List.copyOf(columns);
    navigations = List.copyOf(navigations);
  }

  static Selection everything(Shape shape) {
    return new Selection(true, shape.paths(), List.of());
  }

  /**
   * Reads the value of {@code $select}, up to its end. All operations of the namespace may be named
   * too: there are none.
   */
  static Selection read(Context context, Shape shape, Scanner scanner) {
    boolean all = false;
    Set<String> columns = new LinkedHashSet<>();
    Set<String> navigations = new LinkedHashSet<>();
    List<String> paths = shape.paths();
    do {
      scanner.skipSpaces();
      scanner.accept(context.model().qualified(shape.type()) + "/");
      if (scanner.accept("*")) {
        all = true;
      } else if (!scanner.accept(context.model().namespace() + ".*")) {
        one(shape, scanner, paths, columns, navigations);
      }
      scanner.skipSpaces();
    } while (scanner.accept(","));
    return all
        ? new Selection(true, paths, List.copyOf(navigations))
        : new Selection(false, List.copyOf(columns), List.copyOf(navigations));
  }

  private static void one(
      Shape shape,
      Scanner scanner,
      List<String> paths,
      Set<String> columns,
      Set<String> navigations) {
    int start = scanner.position();
    String name = scanner.name();
    if (name.isEmpty()) {
      throw scanner.noValue();
    }
    String path = name;
    while (shape.leadsOn(path) && scanner.accept("/")) {
      path = path + "/" + scanner.name();
    }
    String whole = path;
    if (paths.contains(whole)) {
      columns.add(whole);
    } else if (shape.leadsOn(whole)) {
      paths.stream().filter(each -> each.startsWith(whole + "/")).forEach(columns::add);
    } else if (shape.entity() && shape.type().navigation(name).isPresent()) {
      navigations.add(name);
    } else {
      throw PathReader.unknown(scanner.option(), shape.type().name(), shape.names(), name, start);
    }
  }
}
