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
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;

/** Reads a path from a row to a column, a parent, or what its children are asked. */
final class PathReader {
  private final Context context;
  private final Variables variables;
  private final Scanner scanner;
  private final ExpressionReader expressions;

  PathReader(Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.expressions = expressions;
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
        return collection(variable, path, type, start);
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

  private Typed collection(String variable, List<String> path, EntityType child, int start) {
    if (scanner.accept("/$count")) {
      if (scanner.peek() == '(') {
        throw Failure.of(Code.NOT_BUILT, "$count(…)");
      }
      return new Typed(new CountOf(variable, path), ValueType.INTEGER);
    }
    if (scanner.accept("/any(")) {
      return lambda(false, variable, path, child);
    }
    if (scanner.accept("/all(")) {
      return lambda(true, variable, path, child);
    }
    throw Failure.of(
        Code.COLLECTION_VALUE, scanner.option(), path.get(path.size() - 1), Scanner.place(start));
  }

  private Typed lambda(boolean all, String variable, List<String> path, EntityType child) {
    scanner.skipSpaces();
    if (!all && scanner.accept(")")) {
      return new Typed(new Lambda(false, variable, path, "", Optional.empty()), ValueType.BOOLEAN);
    }
    int start = scanner.position();
    String name = scanner.name();
    if (name.isEmpty()) {
      throw scanner.noValue();
    }
    scanner.skipSpaces();
    scanner.expect(":");
    if (!variables.add(name, child)) {
      throw Failure.of(Code.OPTION_LITERAL, scanner.option(), name, Scanner.place(start));
    }
    context.limits().lambdas(variables.lambdas());
    Expression condition = expressions.condition();
    scanner.skipSpaces();
    scanner.expect(")");
    variables.remove(name);
    return new Typed(
        new Lambda(all, variable, path, name, Optional.of(condition)), ValueType.BOOLEAN);
  }
}
