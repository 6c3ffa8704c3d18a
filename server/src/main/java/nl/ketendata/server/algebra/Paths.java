package nl.ketendata.server.algebra;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.CountOf;

/**
 * What expressions reach beyond a row, per variable: parents, and numbers of children. Needed
 * before the rows can be joined.
 */
final class Paths {
  private final Map<String, Set<List<String>>> found = new HashMap<>();

  private final Map<String, Set<CountOf>> counts = new HashMap<>();

  static Paths in(Iterable<Expression> expressions) {
    Paths paths = new Paths();
    expressions.forEach(paths::visit);
    return paths;
  }

  Set<List<String>> of(String variable) {
    return found.getOrDefault(variable, Set.of());
  }

  Set<CountOf> counts(String variable) {
    return counts.getOrDefault(variable, Set.of());
  }

  private void visit(Expression expression) {
    if (expression instanceof Expression.ColumnOf column) {
      add(column.variable(), column.navigations());
    } else if (expression instanceof Expression.Call call) {
      call.arguments().forEach(this::visit);
    } else if (expression instanceof Expression.Lambda lambda) {
      add(lambda.variable(), lambda.path().subList(0, lambda.path().size() - 1));
      lambda.condition().ifPresent(this::visit);
    } else if (expression instanceof CountOf count) {
      add(count.variable(), count.path().subList(0, count.path().size() - 1));
      counts.computeIfAbsent(count.variable(), name -> new LinkedHashSet<>()).add(count);
    }
  }

  private void add(String variable, List<String> path) {
    if (!path.isEmpty()) {
      found.computeIfAbsent(variable, name -> new LinkedHashSet<>()).add(path);
    }
  }
}
