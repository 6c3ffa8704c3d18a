package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.ketendata.schema.Column;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.question.Expression.ColumnOf;

/** Reads a path from a row to a column, a parent, or what its children are asked. */
final class PathReader {
  private final Context context;
  private final Variables variables;
  private final Scanner scanner;
  private final ChildrenReader children;

  PathReader(Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.children = new ChildrenReader(context, variables, scanner, expressions);
  }

  /** Reads a path of which the first name comes next. */
  Typed read(String variable) {
    EntityType type = variables.type(variable).orElseThrow();
    List<String> path = new ArrayList<>();
    while (true) {
      int start = scanner.position();
      String name = scanner.name();
      Optional<Column> column = type.column(name);
      if (column.isPresent()) {
        return new Typed(new ColumnOf(variable, path, name), ValueType.of(column.get().type()));
      }
      Navigation navigation = type.navigation(name).orElseThrow(unknown(type, name, start));
      type = context.model().target(navigation);
      path.add(name);
      if (navigation.collection()) {
        return children.read(variable, path, type, start);
      }
      if (!scanner.accept("/")) {
        return new Typed(new ColumnOf(variable, path, type.key()), ValueType.ENTITY);
      }
    }
  }

  private Supplier<Failure> unknown(EntityType type, String name, int start) {
    return () -> {
      if (name.isEmpty()) {
        return scanner.noValue();
      }
      return unknown(scanner.option(), type, name, start);
    };
  }

  static Failure unknown(String option, EntityType type, String name, int start) {
    Failure failure =
        Failure.of(
            Code.UNKNOWN_PROPERTY, option, Excerpt.of(name), type.name(), Scanner.place(start));
    return Nearest.to(name, type.names()).map(failure::meaning).orElse(failure);
  }
}
