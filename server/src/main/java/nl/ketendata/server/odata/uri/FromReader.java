package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Aggregation;
import nl.ketendata.server.question.Step.Method;

/**
 * Reads by which ways a value is aggregated, as in {@code Budget with sum from Product_Code with
 * max}: the highest of the sums per code (OData Extension for Data Aggregation, 3.2.1.2).
 */
final class FromReader {
  private final Context context;
  private final Scanner scanner;

  FromReader(Context context, Scanner scanner) {
    this.context = context;
    this.scanner = scanner;
  }

  /** A property to group by, and what becomes of the values of its groups. */
  private record Way(ColumnOf column, Method method) {}

  /**
   * The ways, from the first on.
   *
   * @param type of the result
   */
  record Chain(List<Way> ways, ValueType type) {
    boolean isEmpty() {
      return ways.isEmpty();
    }

    /** Grouped by all, then by one less each time, down to none. */
    List<Step> steps(Aggregation first) {
      List<Step> steps = new ArrayList<>();
      Aggregation value = first;
      for (int i = 0; i <= ways.size(); i++) {
        List<ColumnOf> left = ways.subList(i, ways.size()).stream().map(Way::column).toList();
        Step.Aggregate step = new Step.Aggregate(List.of(value));
        steps.add(left.isEmpty() ? step : new Step.GroupBy(List.of(left), List.of(step)));
        if (i < ways.size()) {
          ColumnOf found = new ColumnOf(Expression.IT, List.of(), first.alias());
          value = Aggregation.own(Optional.of(found), ways.get(i).method(), first.alias());
        }
      }
      return steps;
    }

    /** Whether a way is a column of this name. */
    boolean names(String name) {
      return ways.stream()
          .map(Way::column)
          .anyMatch(column -> column.navigations().isEmpty() && column.column().equals(name));
    }
  }

  /**
   * @param type of the values after the first method
   */
  Chain read(Shape shape, ValueType type) {
    List<Way> ways = new ArrayList<>();
    ValueType found = type;
    while (scanner.wordAnyCase("from")) {
      context.limits().step();
      int start = scanner.position();
      Typed way = ExpressionReader.of(context, shape, scanner).path();
      if (way.type() == ValueType.ENTITY || !(way.expression() instanceof ColumnOf column)) {
        throw Failure.of(Code.NOT_BUILT, "from " + Excerpt.of(scanner.between(start)));
      }
      Method method = new MethodReader(scanner).read(found, start);
      ways.add(new Way(column, method));
      found = MethodReader.result(method, found);
      scanner.skipSpaces();
    }
    return new Chain(ways, found);
  }
}
