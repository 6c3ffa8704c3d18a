package nl.ketendata.server.odata.uri;

import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;

/** Reads what stands between operators: constants, aliases, parentheses, functions and paths. */
final class PrimaryReader {
  private final Context context;
  private final Variables variables;
  private final Scanner scanner;
  private final ExpressionReader expressions;
  private final PathReader paths;
  private final CallReader calls;

  PrimaryReader(
      Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.expressions = expressions;
    this.paths = new PathReader(context, variables, scanner, expressions);
    this.calls = new CallReader(context, variables, scanner, expressions);
  }

  Context context() {
    return context;
  }

  boolean numberAhead() {
    int start = scanner.position();
    boolean negative = scanner.accept("-");
    if (!negative) {
      scanner.accept("+");
    }
    boolean number = Character.isDigit(scanner.peek()) || negative && scanner.accept("INF");
    scanner.back(start);
    return number;
  }

  Typed path() {
    return paths.read(Expression.IT);
  }

  Typed read() {
    context.limits().node();
    int start = scanner.position();
    Typed value = value();
    return scanner.operator("in") ? in(Scanner.place(start), value) : value;
  }

  /** Reads what {@code in} compares with: a list, or an alias that stands for one. */
  private Typed in(String place, Typed left) {
    return scanner.accept("@")
        ? ExpressionReader.alias(context, variables, "@" + scanner.name(), left, place)
        : new ListReader(this, scanner, left, place).read();
  }

  Typed value() {
    if (scanner.peek() == '\'') {
      return Typed.constant(scanner.quoted(), ValueType.STRING);
    }
    if (scanner.accept("(")) {
      Typed inner = expressions.expression();
      scanner.skipSpaces();
      scanner.expect(")");
      return inner;
    }
    if (scanner.accept("@")) {
      return ExpressionReader.alias(context, variables, "@" + scanner.name());
    }
    if (numberAhead()) {
      return Literals.read(scanner);
    }
    if (scanner.peek() == '$') {
      return dollar();
    }
    return scanner.nameAhead() ? named() : fail();
  }

  private Typed fail() {
    throw scanner.noValue();
  }

  private Typed dollar() {
    if (scanner.accept(Expression.IT)) {
      return paths.from(
          variables
              .it()
              .back()
              .orElseThrow(() -> Failure.of(Code.NOT_BUILT, "$it: geen weg terug/no way back")));
    }
    if (scanner.accept("$these")) {
      throw Failure.of(Code.NOT_BUILT, "$these");
    }
    if (scanner.accept("$this")) {
      return paths.from(List.of());
    }
    if (scanner.accept("$root")) {
      throw Failure.of(Code.NOT_BUILT, "$root");
    }
    return fail();
  }

  private Typed named() {
    int start = scanner.position();
    String name = scanner.qualifiedName();
    if (scanner.peek() == '(') {
      return calls.read(name, start);
    }
    if (scanner.peek() == '\'') {
      return prefixed(name, start);
    }
    if (variables.shape(name).isPresent() && scanner.accept("/")) {
      return paths.read(name);
    }
    if (paths.skipsType(name)) {
      return paths.read(Expression.IT);
    }
    boolean path = scanner.peek() == '/' || variables.it().names().contains(name);
    if (!path) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "null":
          return Typed.absent();
        case "true", "false":
          return Typed.constant(Boolean.valueOf(name), ValueType.BOOLEAN);
        case "inf", "nan":
          throw Failure.of(Code.NOT_BUILT, name);
        default:
          break;
      }
    }
    scanner.back(start);
    return paths.read(Expression.IT);
  }

  private Typed prefixed(String name, int start) {
    String text = scanner.quoted();
    try {
      if (name.equals("duration")) {
        return Literals.duration(text);
      }
      throw new ArithmeticException(text);
    } catch (ArithmeticException | DateTimeException e) {
      throw Failure.of(
              Code.OPTION_LITERAL,
              scanner.option(),
              Excerpt.of(name + "'" + text + "'"),
              Scanner.place(start))
          .causedBy(e);
    }
  }
}
