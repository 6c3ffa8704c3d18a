package nl.ketendata.server.odata.uri;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Measure;

/** Reads the value of {@code $apply}: transformations, each on what comes out of the one before. */
final class ApplyReader {
  private static final Set<String> NOT_BUILT =
      Set.of(
          "expand",
          "join",
          "outerjoin",
          "nest",
          "addnested",
          "ancestors",
          "descendants",
          "traverse",
          "isnode");
  private static final List<String> KNOWN =
      List.of(
          "aggregate",
          "groupby",
          "filter",
          "compute",
          "concat",
          "identity",
          "search",
          "orderby",
          "skip",
          "top",
          "topcount",
          "bottomcount",
          "toppercent",
          "bottompercent",
          "topsum",
          "bottomsum");

  private final Context context;
  private final Scanner scanner;

  ApplyReader(Context context, Scanner scanner) {
    this.context = context;
    this.scanner = scanner;
  }

  /** Steps and the rows that come out of them. */
  record Applied(List<Step> steps, Shape shape) {}

  Applied read(Shape shape) {
    scanner.skipSpaces();
    return pipeline(shape, Grouping.none(shape));
  }

  /** Reads transformations with slashes between them. */
  Applied pipeline(Shape shape, Grouping grouping) {
    context.limits().enterApply();
    List<Step> steps = new ArrayList<>();
    Shape current = shape;
    Grouping group = grouping;
    do {
      Applied next = one(current, group);
      steps.addAll(next.steps());
      current = next.shape();
      group = group.behind(next.steps());
      context.limits().weight(current.weight());
    } while (scanner.accept("/"));
    context.limits().leaveApply();
    return new Applied(steps, current);
  }

  private Applied one(Shape shape, Grouping group) {
    context.limits().step();
    int start = scanner.position();
    String name = scanner.qualifiedName();
    if (name.equals("identity")) {
      return new Applied(List.of(), shape);
    }
    if (name.isEmpty()) {
      throw scanner.noValue();
    }
    if (!KNOWN.contains(name)) {
      throw unknown(name, start);
    }
    scanner.expect("(");
    scanner.skipSpaces();
    Applied applied = inside(name, shape, group, start);
    scanner.skipSpaces();
    scanner.expect(")");
    return applied;
  }

  private Applied inside(String name, Shape shape, Grouping group, int start) {
    return switch (name) {
      case "filter" ->
          same(new Step.Filter(ExpressionReader.of(context, shape, scanner).condition()), shape);
      case "search" -> same(new Step.Filter(SearchReader.read(context, shape, scanner)), shape);
      case "compute" -> compute(shape);
      case "orderby" -> same(new Step.Sort(Criteria.read(context, shape, scanner)), shape);
      case "skip" -> same(new Step.Skip(Numbers.read(scanner, Limits.SKIP)), shape);
      case "top" -> same(new Step.Top(Numbers.read(scanner, Long.MAX_VALUE)), shape);
      case "aggregate" -> new AggregateReader(context, scanner).read(shape, group);
      case "groupby" -> new GroupByReader(context, scanner, this).read(shape, group);
      case "concat" -> concat(shape, group);
      default -> best(name, shape, start);
    };
  }

  private static Applied same(Step step, Shape shape) {
    return new Applied(List.of(step), shape);
  }

  private Applied compute(Shape shape) {
    ComputeReader.Computation read = ComputeReader.read(context, shape, scanner, false);
    return new Applied(List.of(new Step.Compute(read.values())), read.shape());
  }

  private Applied concat(Shape shape, Grouping group) {
    List<List<Step>> pipelines = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    do {
      scanner.skipSpaces();
      Applied pipeline = pipeline(shape, group);
      pipelines.add(pipeline.steps());
      shapes.add(pipeline.shape());
      scanner.skipSpaces();
    } while (scanner.accept(","));
    if (pipelines.size() < 2) {
      throw scanner.expected("\",\"");
    }
    return new Applied(List.of(new Step.Concat(pipelines)), Shape.of(shapes));
  }

  private Applied best(String name, Shape shape, int start) {
    boolean highest = name.startsWith("top");
    Measure measure =
        name.endsWith("count")
            ? Measure.COUNT
            : name.endsWith("percent") ? Measure.PERCENT : Measure.SUM;
    BigDecimal amount = amount(shape, measure);
    scanner.skipSpaces();
    scanner.expect(",");
    scanner.skipSpaces();
    Typed by = ExpressionReader.of(context, shape, scanner).value();
    if (measure != Measure.COUNT && !by.type().fits(ValueType.DECIMAL)) {
      throw Failure.of(
          Code.OPTION_TYPES, scanner.option(), name, by.type().edmName(), Scanner.place(start));
    }
    return same(new Step.Best(highest, measure, amount, by.expression()), shape);
  }

  private BigDecimal amount(Shape shape, Measure measure) {
    int start = scanner.position();
    Expression value = ExpressionReader.of(context, shape, scanner).value().expression();
    Optional<BigDecimal> number =
        value instanceof Constant constant && constant.value().isPresent()
            ? number(constant.value().get())
            : Optional.empty();
    boolean whole = measure != Measure.COUNT || number.filter(ApplyReader::isWhole).isPresent();
    if (number.isEmpty() || number.get().signum() < 0 || !whole) {
      throw Failure.of(
          Code.OPTION_NUMBER,
          scanner.option(),
          "0",
          String.valueOf(Long.MAX_VALUE),
          scanner.between(start));
    }
    return number.get();
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 && number.precision() <= 18;
  }

  private static Optional<BigDecimal> number(Object value) {
    if (value instanceof Long whole) {
      return Optional.of(BigDecimal.valueOf(whole));
    }
    return value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  private Failure unknown(String name, int start) {
    if (NOT_BUILT.contains(name) || name.contains(".")) {
      return Failure.of(Code.NOT_BUILT, "$apply=" + Excerpt.of(name) + "(…)");
    }
    Failure failure =
        Failure.of(Code.UNKNOWN_FUNCTION, scanner.option(), Excerpt.of(name), Scanner.place(start));
    return Nearest.to(name, KNOWN).map(failure::meaning).orElse(failure);
  }
}
