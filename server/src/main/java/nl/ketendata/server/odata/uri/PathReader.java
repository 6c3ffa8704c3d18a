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
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
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

  /** Reads a path from the row that navigations to parents lead to, or that row itself. */
  Typed from(List<String> back) {
    EntityType type = variables.it().type();
    if (!back.isEmpty()) {
      context.looksOut();
    }
    for (String navigation : back) {
      type = context.model().target(type.navigation(navigation).orElseThrow());
    }
    if (!scanner.accept("/")) {
      return new Typed(new ColumnOf(Expression.IT, back, type.key()), ValueType.ENTITY);
    }
    return back.isEmpty() ? read(Expression.IT) : read(Expression.IT, type, back);
  }

  /** Passes over the name of the type that the row is of, in front of a path. */
  boolean skipsType(String name) {
    Shape it = variables.it();
    return it.entity() && name.equals(context.model().qualified(it.type())) && scanner.accept("/");
  }

  /** Reads a path of which the first name comes next. */
  Typed read(String variable) {
    Shape shape = variables.shape(variable).orElseThrow();
    int begin = scanner.position();
    Optional<Typed> own = own(shape);
    if (own.isPresent()) {
      return own.get();
    }
    if (!shape.entity()) {
      String name = scanner.name();
      throw name.isEmpty()
          ? scanner.noValue()
          : unknown(scanner.option(), shape.type().name(), shape.names(), name, begin);
    }
    return read(variable, shape.type(), List.of());
  }

  private Typed read(String variable, EntityType from, List<String> way) {
    EntityType type = from;
    List<String> path = new ArrayList<>(way);
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
        Optional<List<String>> back =
            variable.equals(Expression.IT) && path.size() == 1
                ? variables.it().backFrom(navigation)
                : Optional.empty();
        return children.read(variable, path, Shape.inside(type, back), start);
      }
      if (!scanner.accept("/")) {
        return new Typed(new ColumnOf(variable, path, type.key()), ValueType.ENTITY);
      }
    }
  }

  /** Reads the path of a property that the type does not declare, when there is one. */
  private Optional<Typed> own(Shape shape) {
    int start = scanner.position();
    String path = scanner.name();
    while (!path.isEmpty()) {
      Optional<Shape.Property> property = shape.property(path);
      if (property.isPresent()) {
        context.limits().nodes(size(property.get().expression()) - 1);
        return property.map(found -> new Typed(found.expression(), found.type()));
      }
      path = shape.leadsOn(path) && scanner.accept("/") ? path + "/" + scanner.name() : "";
    }
    scanner.back(start);
    return Optional.empty();
  }

  private static int size(Expression expression) {
    return expression instanceof Call call
        ? 1 + call.arguments().stream().mapToInt(PathReader::size).sum()
        : 1;
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
    return unknown(option, type.name(), type.names(), name, start);
  }

  static Failure unknown(String option, String type, List<String> names, String name, int start) {
    Failure failure =
        Failure.of(Code.UNKNOWN_PROPERTY, option, Excerpt.of(name), type, Scanner.place(start));
    return Nearest.to(name, names).map(failure::meaning).orElse(failure);
  }
}
