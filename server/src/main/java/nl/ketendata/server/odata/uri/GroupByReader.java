package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.uri.ApplyReader.Applied;
import nl.ketendata.server.odata.uri.Shape.Property;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step;

/** Reads what stands between the parentheses of {@code groupby}. */
final class GroupByReader {
  private final Context context;
  private final Scanner scanner;
  private final ApplyReader transformations;

  GroupByReader(Context context, Scanner scanner, ApplyReader transformations) {
    this.context = context;
    this.scanner = scanner;
    this.transformations = transformations;
  }

  Applied read(Shape shape, Grouping outside) {
    scanner.expect("(");
    List<Map<String, Property>> levels = levels(shape);
    scanner.expect(")");
    scanner.skipSpaces();
    if (!scanner.accept(",")) {
      return result(shape, levels, outside, new Step.Aggregate(List.of()));
    }
    scanner.skipSpaces();
    int start = scanner.position();
    List<Shape> shapes = new ArrayList<>();
    List<Step> steps = List.of();
    for (Map<String, Property> level : levels) {
      scanner.back(start);
      Applied each = transformations.pipeline(shape, outside.by(level));
      shapes.add(each.shape());
      steps = each.steps();
    }
    return new Applied(List.of(groupBy(levels, steps)), together(shapes));
  }

  private Applied result(
      Shape shape, List<Map<String, Property>> levels, Grouping outside, Step distinct) {
    List<Shape> shapes = new ArrayList<>();
    for (Map<String, Property> level : levels) {
      shapes.add(Shape.of(shape, outside.by(level).keys(), shape.weight()));
    }
    return new Applied(List.of(groupBy(levels, List.of(distinct))), together(shapes));
  }

  private static Shape together(List<Shape> shapes) {
    return shapes.size() == 1 ? shapes.get(0) : Shape.of(shapes);
  }

  private static Step.GroupBy groupBy(List<Map<String, Property>> levels, List<Step> each) {
    List<List<ColumnOf>> columns = new ArrayList<>();
    levels.forEach(level -> columns.add(level.values().stream().map(Grouping::column).toList()));
    return new Step.GroupBy(columns, each);
  }

  /** The sets of columns to group by: one, and more with {@code rollup}. */
  private List<Map<String, Property>> levels(Shape shape) {
    List<Map<String, Property>> levels = new ArrayList<>(List.of(new LinkedHashMap<>()));
    do {
      scanner.skipSpaces();
      List<Map<String, Property>> item =
          scanner.accept("rollup(") ? rollup(shape) : List.of(column(shape));
      levels = crossed(levels, item);
      context.limits().weight(levels.size());
      scanner.skipSpaces();
    } while (scanner.accept(","));
    return levels;
  }

  private static List<Map<String, Property>> crossed(
      List<Map<String, Property>> levels, List<Map<String, Property>> item) {
    List<Map<String, Property>> crossed = new ArrayList<>();
    for (Map<String, Property> level : levels) {
      for (Map<String, Property> more : item) {
        Map<String, Property> both = new LinkedHashMap<>(level);
        both.putAll(more);
        crossed.add(both);
      }
    }
    return crossed;
  }

  /** All columns, then each time the last one less; down to none when it begins with $all. */
  private List<Map<String, Property>> rollup(Shape shape) {
    scanner.skipSpaces();
    boolean all = scanner.accept("$all");
    if (all) {
      scanner.skipSpaces();
      scanner.expect(",");
    }
    List<Map<String, Property>> levels = new ArrayList<>();
    Map<String, Property> level = new LinkedHashMap<>();
    do {
      scanner.skipSpaces();
      level = new LinkedHashMap<>(level);
      level.putAll(column(shape));
      levels.add(0, level);
      scanner.skipSpaces();
    } while (scanner.accept(","));
    scanner.expect(")");
    if (all) {
      levels.add(new LinkedHashMap<>());
    } else if (levels.size() == 1) {
      throw Failure.of(Code.NOT_BUILT, "rollup(hiërarchie)");
    }
    return levels;
  }

  private Map<String, Property> column(Shape shape) {
    int start = scanner.position();
    context.limits().node();
    Typed value = ExpressionReader.of(context, shape, scanner).path();
    if (value.type() == ValueType.ENTITY || !(value.expression() instanceof ColumnOf column)) {
      throw Failure.of(Code.NOT_BUILT, "groupby((" + Excerpt.of(scanner.between(start)) + "))");
    }
    Property property = new Property(column, value.type(), context.stored(shape, column));
    return Map.of(scanner.between(start), property);
  }
}
