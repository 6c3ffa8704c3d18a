package nl.ketendata.server.odata.uri;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Function;

/**
 * Reads an expression by descending through the operators, from the loosest to the tightest: or,
 * and, eq/ne, gt/ge/lt/le, add/sub, mul/div/divby/mod, and the ones before a value.
 */
final class ExpressionReader {
  private static final Map<String, Function> EQUALITY = operators(Function.EQ, Function.NE);
  private static final Map<String, Function> RELATION =
      operators(Function.GT, Function.GE, Function.LT, Function.LE);
  private static final Map<String, Function> SUM = operators(Function.ADD, Function.SUB);
  private static final Map<String, Function> PRODUCT =
      operators(Function.MUL, Function.DIVBY, Function.DIV, Function.MOD);

  private final Context context;
  private final Scanner scanner;
  private final PrimaryReader primary;

  private ExpressionReader(Context context, Variables variables, Scanner scanner) {
    this.context = context;
    this.scanner = scanner;
    this.primary = new PrimaryReader(context, variables, scanner, this);
  }

  static ExpressionReader of(Context context, EntityType it, Scanner scanner) {
    return new ExpressionReader(context, new Variables(it), scanner);
  }

  /** A reader of an alias's text, which sees the same variables. */
  static Typed alias(Context context, Variables variables, String name) {
    Scanner text = new Scanner(name, context.open(name));
    Typed value = new ExpressionReader(context, variables, text).expression();
    text.expectEnd();
    context.close(name);
    return value;
  }

  /** Reads a condition. */
  Expression condition() {
    int start = scanner.position();
    Typed condition = expression();
    if (condition.type() != ValueType.BOOLEAN) {
      throw types("true/false", start, condition);
    }
    return condition.expression();
  }

  /** Reads a value to order by or to compare. */
  Expression value() {
    int start = scanner.position();
    Typed value = expression();
    if (value.type() == ValueType.ENTITY) {
      throw types(scanner.option(), start, value);
    }
    return value.expression();
  }

  Typed expression() {
    scanner.skipSpaces();
    context.limits().enter();
    Typed left = conjunction();
    while (scanner.operator("or")) {
      left = logic(Function.OR, left, conjunction());
    }
    context.limits().leave();
    return left;
  }

  private Typed conjunction() {
    Typed left = equality();
    while (scanner.operator("and")) {
      left = logic(Function.AND, left, equality());
    }
    return left;
  }

  private Typed equality() {
    Typed left = relation();
    for (Function f = next(EQUALITY); f != Function.NOT; f = next(EQUALITY)) {
      left = comparison(f, left, relation());
    }
    return left;
  }

  private Typed relation() {
    Typed left = sum();
    for (Function f = next(RELATION); f != Function.NOT; f = next(RELATION)) {
      left = comparison(f, left, sum());
    }
    return left;
  }

  private Typed sum() {
    Typed left = product();
    for (Function f = next(SUM); f != Function.NOT; f = next(SUM)) {
      left = arithmetic(f, left, product());
    }
    return left;
  }

  private Typed product() {
    Typed left = unary();
    for (Function f = next(PRODUCT); f != Function.NOT; f = next(PRODUCT)) {
      left = arithmetic(f, left, unary());
    }
    return left;
  }

  private Typed unary() {
    int start = scanner.position();
    if (not()) {
      context.limits().node();
      Typed operand = operand();
      require("not", start, operand, ValueType.BOOLEAN);
      return new Typed(Call.of(Function.NOT, operand.expression()), ValueType.BOOLEAN);
    }
    if (scanner.peek() == '-' && !primary.numberAhead()) {
      scanner.accept("-");
      scanner.skipSpaces();
      context.limits().node();
      Typed operand = operand();
      require("-", start, operand, ValueType.DECIMAL);
      return new Typed(Call.of(Function.NEGATE, operand.expression()), operand.type());
    }
    return primary.read();
  }

  private Typed operand() {
    context.limits().enter();
    Typed operand = unary();
    context.limits().leave();
    return operand;
  }

  private boolean not() {
    int start = scanner.position();
    if (scanner.name().equals("not") && " \t(".indexOf(scanner.peek()) >= 0) {
      scanner.skipSpaces();
      return true;
    }
    scanner.back(start);
    return false;
  }

  /** The operator that comes next, or NOT, which is none of them. */
  private Function next(Map<String, Function> operators) {
    for (Map.Entry<String, Function> operator : operators.entrySet()) {
      if (scanner.operator(operator.getKey())) {
        return operator.getValue();
      }
    }
    return Function.NOT;
  }

  private Typed logic(Function function, Typed left, Typed right) {
    int start = scanner.position();
    require(name(function), start, left, ValueType.BOOLEAN);
    require(name(function), start, right, ValueType.BOOLEAN);
    return call(function, left, right, ValueType.BOOLEAN);
  }

  private Typed comparison(Function function, Typed left, Typed right) {
    boolean equality = function == Function.EQ || function == Function.NE;
    boolean entity = left.type() == ValueType.ENTITY || right.type() == ValueType.ENTITY;
    if (!left.type().comparable(right.type()) || entity && !equality) {
      throw types(name(function), scanner.position(), left, right);
    }
    return call(function, left, right, ValueType.BOOLEAN);
  }

  private Typed arithmetic(Function function, Typed left, Typed right) {
    if (left.type() == right.type() && left.type() == ValueType.INSTANT
        || left.type() == ValueType.DATE && left.type() == right.type()) {
      throw Failure.of(Code.NOT_BUILT, "Edm.Duration");
    }
    if (!left.type().fits(ValueType.DECIMAL) || !right.type().fits(ValueType.DECIMAL)) {
      throw types(name(function), scanner.position(), left, right);
    }
    return call(function, left, right, result(function, left.type(), right.type()));
  }

  private static ValueType result(Function function, ValueType left, ValueType right) {
    if (left == ValueType.DOUBLE || right == ValueType.DOUBLE) {
      return ValueType.DOUBLE;
    }
    boolean whole = left == ValueType.INTEGER && right == ValueType.INTEGER;
    return whole && function != Function.DIVBY ? ValueType.INTEGER : ValueType.DECIMAL;
  }

  private Typed call(Function function, Typed left, Typed right, ValueType type) {
    context.limits().node();
    return new Typed(Call.of(function, left.expression(), right.expression()), type);
  }

  private void require(String operator, int at, Typed operand, ValueType wanted) {
    if (!operand.type().fits(wanted)) {
      throw types(operator, at, operand);
    }
  }

  private Failure types(String operator, int at, Typed... operands) {
    StringBuilder types = new StringBuilder();
    for (Typed operand : operands) {
      types.append(types.isEmpty() ? "" : ", ").append(operand.type().edmName());
    }
    return Failure.of(Code.OPTION_TYPES, scanner.option(), operator, types, Scanner.place(at));
  }

  private static String name(Function function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Function> operators(Function... functions) {
    Map<String, Function> operators = new LinkedHashMap<>();
    for (Function function : functions) {
      operators.put(name(function), function);
    }
    return operators;
  }
}
