package nl.ketendata.server.odata.uri;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;

/** Reads what children at the end of a path are asked: any, all or their number. */
final class ChildrenReader {
  private static final String FILTER = "$filter";
  private static final String SEARCH = "$search";

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

  Typed read(String variable, List<String> path, Shape child, int start) {
    Optional<Expression> kept = kept(child);
    if (scanner.accept("/$count")) {
      return count(variable, path, child, kept);
    }
    if (kept.isPresent()) {
      throw scanner.expected("/$count");
    }
    if (scanner.acceptAnyCase("/any(")) {
      return lambda(false, variable, path, child.type());
    }
    if (scanner.acceptAnyCase("/all(")) {
      return lambda(true, variable, path, child.type());
    }
    if (scanner.accept("/aggregate(")) {
      throw Failure.of(Code.NOT_BUILT, path.get(path.size() - 1) + "/aggregate");
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

  /** Reads conditions in the path: those children only. */
  private Optional<Expression> kept(Shape child) {
    Optional<Expression> kept = Optional.empty();
    while (scanner.accept("/$filter(")) {
      Expression more = ExpressionReader.of(context, child, scanner).condition();
      kept = Optional.of(Place.and(kept, more));
      scanner.skipSpaces();
      scanner.expect(")");
    }
    return kept;
  }

  private Typed count(String variable, List<String> path, Shape child, Optional<Expression> kept) {
    context.limits().count();
    Optional<Expression> condition = kept;
    if (scanner.accept("(")) {
      condition = Optional.of(Place.and(kept, condition(child)));
    }
    return new Typed(new CountOf(variable, path, condition), ValueType.INTEGER);
  }

  /** Reads which children count: a condition, words to search for, or both. */
  private Expression condition(Shape child) {
    Optional<Expression> condition = Optional.empty();
    Set<String> seen = new HashSet<>();
    do {
      scanner.skipSpaces();
      String option = option();
      if (!seen.add(option)) {
        throw Failure.of(Code.OPTION_TWICE, option);
      }
      Expression more =
          option.equals(FILTER)
              ? ExpressionReader.of(context, child, scanner).condition()
              : SearchReader.read(context, child, scanner);
      condition = Optional.of(Place.and(condition, more));
      scanner.skipSpaces();
    } while (scanner.accept(";"));
    scanner.expect(")");
    return condition.get();
  }

  private String option() {
    for (String option : List.of(FILTER, SEARCH)) {
      if (scanner.acceptAnyCase(option + "=") || scanner.acceptAnyCase(option.substring(1) + "=")) {
        return option;
      }
    }
    throw scanner.expected(FILTER + "=, " + SEARCH + "=");
  }
}
