package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.RowsQuestion.Computed;

/** Reads the value of {@code $compute}, or what stands between the parentheses of compute. */
final class ComputeReader {
  private ComputeReader() {}

  /** Values, and the rows that have them. */
  record Computation(List<Computed> values, Shape shape) {}

  /**
   * @param inline whether a name stands for its expression from here on, not for a column
   */
  static Computation read(Context context, Shape shape, Scanner scanner, boolean inline) {
    List<Computed> values = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Shape behind = shape;
    do {
      scanner.skipSpaces();
      int start = scanner.position();
      Typed value = ExpressionReader.of(context, inline ? behind : shape, scanner).aggregated();
      if (value.type() == ValueType.ENTITY) {
        throw Failure.of(
            Code.OPTION_TYPES,
            scanner.option(),
            "as",
            value.type().edmName(),
            Scanner.place(start));
      }
      scanner.skipSpaces();
      if (!scanner.wordAnyCase("as")) {
        throw scanner.expected("as");
      }
      String name = behind.alias(scanner, taken);
      taken.add(name);
      context.limits().computed(taken.size());
      values.add(new Computed(name, value.expression()));
      behind = behind.plus(name, property(context, shape, name, value, inline));
      scanner.skipSpaces();
    } while (scanner.accept(","));
    return new Computation(values, behind);
  }

  private static Shape.Property property(
      Context context, Shape shape, String name, Typed value, boolean inline) {
    Optional<ColumnType> stored =
        value.expression() instanceof ColumnOf column
            ? context.stored(shape, column)
            : Optional.empty();
    return inline
        ? new Shape.Property(value.expression(), value.type(), stored)
        : Shape.Property.column(name, value.type(), stored);
  }
}
