package nl.ketendata.server.odata.uri;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

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
    this.calls = new CallReader(context, scanner, expressions);
  }

  boolean numberAhead() {
    int start = scanner.position();
    boolean negative = scanner.accept("-");
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
    return scanner.operator("in") ? in(start, value) : value;
  }

  private Typed value() {
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
      if (!variables.outermost()) {
        throw Failure.of(Code.NOT_BUILT, "$it in $count($filter=…)");
      }
      scanner.expect("/");
      return paths.read(Expression.IT);
    }
    if (scanner.accept("$root") || scanner.accept("$this")) {
      throw Failure.of(Code.NOT_BUILT, "$root, $this");
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
    boolean path = scanner.peek() == '/' || variables.it().names().contains(name);
    if (!path) {
      switch (name) {
        case "null":
          return Typed.absent();
        case "true", "false":
          return Typed.constant(Boolean.valueOf(name), ValueType.BOOLEAN);
        case "INF", "NaN":
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

  private Typed in(int start, Typed left) {
    scanner.expect("(");
    List<Expression> arguments = new ArrayList<>(List.of(left.expression()));
    boolean orNull = false;
    scanner.skipSpaces();
    boolean more = !scanner.accept(")");
    while (more) {
      Expression item = item(start, left);
      if (item.equals(Constant.absent())) {
        orNull = true;
      } else {
        arguments.add(item);
      }
      context.limits().values(arguments.size() - 1);
      scanner.skipSpaces();
      more = scanner.accept(",");
      if (!more) {
        scanner.expect(")");
      }
    }
    return new Typed(in(left.expression(), arguments, orNull), ValueType.BOOLEAN);
  }

  // Null in a list is compared as eq compares it, which IN of a store does not.
  private static Expression in(Expression left, List<Expression> arguments, boolean orNull) {
    if (!orNull) {
      return arguments.size() == 1 ? Constant.of(false) : new Call(Function.IN, arguments);
    }
    List<Expression> alternatives = new ArrayList<>();
    arguments.stream()
        .skip(1)
        .forEach(value -> alternatives.add(Call.of(Function.EQ, left, value)));
    Expression none = Call.of(Function.EQ, left, Constant.absent());
    if (alternatives.isEmpty()) {
      return none;
    }
    alternatives.add(none);
    return new Call(Function.OR, alternatives);
  }

  private Expression item(int start, Typed left) {
    scanner.skipSpaces();
    if (scanner.nameAhead()) {
      return keyword(left);
    }
    if (scanner.peek() == '(') {
      throw scanner.noValue();
    }
    Typed item = value();
    if (!(item.expression() instanceof Constant)) {
      throw scanner.noValue();
    }
    if (left.type() == ValueType.ENTITY || !left.type().comparable(item.type())) {
      throw Failure.of(
          Code.OPTION_TYPES,
          scanner.option(),
          "in",
          left.type().edmName() + ", " + item.type().edmName(),
          Scanner.place(start));
    }
    return item.expression();
  }

  // A list holds constants only; a column in it would be read as one.
  private Expression keyword(Typed left) {
    int start = scanner.position();
    String name = scanner.name();
    if (name.equals("null")) {
      return Constant.absent();
    }
    if (left.type() == ValueType.BOOLEAN && (name.equals("true") || name.equals("false"))) {
      return Constant.of(Boolean.valueOf(name));
    }
    scanner.back(start);
    throw scanner.noValue();
  }
}
