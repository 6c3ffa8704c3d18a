package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;

/** Reads what children at the end of a path are asked: any, all or their number. */
final class ChildrenReader {
  private final Context context;
  private final Variables variables;
  private final Scanner scanner;
  private final ExpressionReader expressions;

  ChildrenReader(
      Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.expressions = expressions;
  }

  Typed read(String variable, List<String> path, EntityType child, int start) {
    if (scanner.accept("/$count")) {
      return count(variable, path, child);
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

  private Typed count(String variable, List<String> path, EntityType child) {
    context.limits().count();
    Optional<Expression> condition = Optional.empty();
    if (scanner.accept("(")) {
      condition = Optional.of(condition(child));
    }
    return new Typed(new CountOf(variable, path, condition), ValueType.INTEGER);
  }

  private Expression condition(EntityType child) {
    Optional<Expression> condition = Optional.empty();
    do {
      scanner.skipSpaces();
      if (!scanner.accept("$filter=") && !scanner.accept("filter=")) {
        throw scanner.expected("$filter=");
      }
      condition =
          Optional.of(
              Place.and(condition, ExpressionReader.inside(context, child, scanner).condition()));
      scanner.skipSpaces();
    } while (scanner.accept(";"));
    scanner.expect(")");
    return condition.get();
  }
}
