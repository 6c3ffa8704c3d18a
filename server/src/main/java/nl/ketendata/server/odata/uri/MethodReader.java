package nl.ketendata.server.odata.uri;

import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.question.Step.Method;

/** Reads how values become one: {@code with sum}. */
final class MethodReader {
  private static final Map<String, Method> METHODS =
      Map.of(
          "sum", Method.SUM,
          "min", Method.MIN,
          "max", Method.MAX,
          "average", Method.AVERAGE,
          "countdistinct", Method.COUNT_DISTINCT);

  private final Scanner scanner;

  MethodReader(Scanner scanner) {
    this.scanner = scanner;
  }

  /**
   * @param type of the values
   * @param start where they stand, for messages
   */
  Method read(ValueType type, int start) {
    scanner.skipSpaces();
    if (!scanner.wordAnyCase("with")) {
      throw scanner.expected("with");
    }
    int at = scanner.position();
    String name = scanner.qualifiedName();
    Method method = METHODS.get(name);
    if (method == null) {
      throw unknown(name, at);
    }
    boolean number = method == Method.SUM || method == Method.AVERAGE;
    boolean counted = method == Method.COUNT_DISTINCT;
    if (number && !type.fits(ValueType.DECIMAL) || !counted && type == ValueType.ENTITY) {
      throw Failure.of(
          Code.OPTION_TYPES, scanner.option(), name, type.edmName(), Scanner.place(start));
    }
    return method;
  }

  private Failure unknown(String name, int at) {
    if (name.isEmpty()) {
      return scanner.expected(String.join(", ", METHODS.keySet()));
    }
    if (name.contains(".")) {
      return Failure.of(Code.NOT_BUILT, "with " + Excerpt.of(name));
    }
    Failure failure =
        Failure.of(Code.UNKNOWN_FUNCTION, scanner.option(), Excerpt.of(name), Scanner.place(at));
    return Nearest.to(name.toLowerCase(Locale.ROOT), METHODS.keySet())
        .map(failure::meaning)
        .orElse(failure);
  }

  /** The type of the result for values of a type. */
  static ValueType result(Method method, ValueType type) {
    return switch (method) {
      case COUNT, COUNT_DISTINCT -> ValueType.INTEGER;
      case AVERAGE -> ValueType.DOUBLE;
      case SUM -> type == ValueType.DOUBLE ? ValueType.DOUBLE : ValueType.DECIMAL;
      case MIN, MAX -> type;
    };
  }
}
