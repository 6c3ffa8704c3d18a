package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.odata.uri.ApplyReader.Applied;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Aggregation;
import nl.ketendata.server.question.Step.Method;

/** Reads what stands between the parentheses of {@code aggregate}. */
final class AggregateReader {
  private final Context context;
  private final Scanner scanner;
  private final MethodReader methods;
  private final List<Aggregation> aggregations = new ArrayList<>();
  private Optional<FromReader.Chain> from = Optional.empty();
  private final Map<String, Shape.Property> results = new LinkedHashMap<>();

  AggregateReader(Context context, Scanner scanner) {
    this.context = context;
    this.scanner = scanner;
    this.methods = new MethodReader(scanner);
  }

  Applied read(Shape shape, Grouping group) {
    results.putAll(group.keys());
    do {
      scanner.skipSpaces();
      context.limits().node();
      item(shape);
      scanner.skipSpaces();
    } while (scanner.accept(","));
    if (from.isPresent()) {
      return stepwise(shape, group, from.get());
    }
    long sources = aggregations.stream().map(Aggregation::path).distinct().count();
    int weight = shape.weight() * (int) (sources + (group.narrowed() ? 1 : 0));
    return new Applied(List.of(new Step.Aggregate(aggregations)), Shape.of(shape, results, weight));
  }

  /** One value by way of others: what they are grouped by narrows with each of them. */
  private Applied stepwise(Shape shape, Grouping group, FromReader.Chain chain) {
    if (aggregations.size() != 1) {
      throw Failure.of(Code.NOT_BUILT, "aggregate(… from …,…)");
    }
    return new Applied(
        chain.steps(aggregations.get(0)), Shape.of(shape, results, shape.weight() * 2));
  }

  private void item(Shape shape) {
    if (scanner.accept("$count")) {
      add(shape, List.of(), List.of(), Optional.empty(), Method.COUNT);
      return;
    }
    int start = scanner.position();
    if (shape.entity() && children(shape)) {
      return;
    }
    scanner.back(start);
    Typed value = ExpressionReader.of(context, shape, scanner).aggregated();
    Method method = methods.read(value.type(), start);
    add(shape, List.of(), List.of(), Optional.of(value), method);
  }

  /** Reads a value of children; false when the path does not lead to any. */
  private boolean children(Shape shape) {
    EntityType type = shape.type();
    List<String> parents = new ArrayList<>();
    List<String> children = new ArrayList<>();
    while (true) {
      int start = scanner.position();
      if (!children.isEmpty() && scanner.accept("$count")) {
        add(shape, parents, children, Optional.empty(), Method.COUNT);
        return true;
      }
      String name = scanner.name();
      Optional<Navigation> navigation = type.navigation(name);
      if (navigation.isPresent() && scanner.accept("/")) {
        boolean down = navigation.get().collection();
        if (!down && !children.isEmpty()) {
          throw Failure.of(Code.NOT_BUILT, String.join("/", children) + "/" + name);
        }
        (down ? children : parents).add(name);
        type = context.model().target(navigation.get());
        continue;
      }
      if (navigation.isPresent() && scanner.peek() == '(') {
        throw scanner.expected("\"/\"");
      }
      if (navigation.isPresent() && navigation.get().collection()) {
        children.add(name);
        instances(shape, parents, children, context.model().target(navigation.get()), start);
        return true;
      }
      if (children.isEmpty() && !parents.isEmpty() && scanner.accept("$count")) {
        throw Failure.of(Code.NOT_BUILT, String.join("/", parents) + "/$count");
      }
      if (children.isEmpty()) {
        return false;
      }
      Column column = type.column(name).orElseThrow(unknown(type, name, start));
      Typed value =
          new Typed(new ColumnOf(Expression.IT, List.of(), name), ValueType.of(column.type()));
      Method method = methods.read(value.type(), start);
      add(shape, parents, children, Optional.of(value), Optional.of(column.type()), method);
      return true;
    }
  }

  /** Reads how children themselves become one: as the number of different ones. */
  private void instances(
      Shape shape, List<String> parents, List<String> children, EntityType type, int start) {
    Typed key = new Typed(new ColumnOf(Expression.IT, List.of(), type.key()), ValueType.ENTITY);
    Method method = methods.read(key.type(), start);
    add(shape, parents, children, Optional.of(key), Optional.empty(), method);
  }

  private java.util.function.Supplier<Failure> unknown(EntityType type, String name, int start) {
    return () ->
        name.isEmpty()
            ? scanner.noValue()
            : PathReader.unknown(scanner.option(), type.name(), type.names(), name, start);
  }

  private void add(
      Shape shape,
      List<String> parents,
      List<String> children,
      Optional<Typed> value,
      Method method) {
    Optional<ColumnType> stored =
        value
            .map(Typed::expression)
            .filter(ColumnOf.class::isInstance)
            .flatMap(column -> stored(shape, (ColumnOf) column));
    add(shape, parents, children, value, stored, method);
  }

  private Optional<ColumnType> stored(Shape shape, ColumnOf column) {
    return context.stored(shape, column);
  }

  private void add(
      Shape shape,
      List<String> parents,
      List<String> children,
      Optional<Typed> value,
      Optional<ColumnType> stored,
      Method method) {
    scanner.skipSpaces();
    ValueType found = MethodReader.result(method, value.map(Typed::type).orElse(ValueType.INTEGER));
    FromReader.Chain chain =
        value.isPresent() && parents.isEmpty() && children.isEmpty()
            ? new FromReader(context, scanner).read(shape, found)
            : new FromReader.Chain(List.of(), found);
    if (!scanner.wordAnyCase("as")) {
      throw scanner.expected("as");
    }
    int start = scanner.position();
    Shape behind = Shape.of(shape, results, 1);
    String alias = behind.alias(scanner, results.keySet());
    aggregations.add(
        new Aggregation(parents, children, value.map(Typed::expression), method, alias));
    if (!chain.isEmpty()) {
      if (chain.names(alias)) {
        throw Failure.of(Code.NAME_TAKEN, scanner.option(), alias, Scanner.place(start));
      }
      from = Optional.of(chain);
    }
    boolean same = chain.isEmpty() && (method == Method.MIN || method == Method.MAX);
    results.put(
        alias, Shape.Property.column(alias, chain.type(), same ? stored : Optional.empty()));
  }
}
