package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

/**
 * Reads an expression by descending through the operators, from the loosest to the tightest: or,
 * and, eq/ne, gt/ge/lt/le, add/sub, mul/div/divby/mod, and the ones before a value.
 */
final class ExpressionReader {
  private static final Map<String, Function> OR = operators(Function.OR);
  private static final Map<String, Function> AND = operators(Function.AND);
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

  static ExpressionReader of(Context context, Shape it, Scanner scanner) {
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

  /** Reads an alias's text as what {@code in} compares with. */
  static Typed alias(Context context, Variables variables, String name, Typed left, String place) {
    Scanner text = new Scanner(name, context.open(name));
    ExpressionReader reader = new ExpressionReader(context, variables, text);
    Typed value = new ListReader(reader.primary, text, left, place).read();
    text.expectEnd();
    context.close(name);
    return value;
  }

  /** Reads a condition. */
  Expression condition() {
    int start = scanner.position();
    Typed condition = whole();
    if (condition.isNull()) {
      return Constant.of(false);
    }
    if (condition.type() != ValueType.BOOLEAN) {
      throw types("true/false", start, condition);
    }
    return condition.expression();
  }

  /** Reads a value to order by. */
  Typed value() {
    int start = scanner.position();
    Typed value = expression();
    if (value.type() == ValueType.ENTITY) {
      throw types(scanner.option(), start, value);
    }
    return value;
  }

  /** Reads a value up to the end of the text; whether it is the same for every row. */
  boolean isConstant() {
    Typed value = expression();
    scanner.expectEnd();
    return value.expression() instanceof Constant;
  }

  /** Reads a value that is aggregated or named. */
  Typed aggregated() {
    return expression();
  }

  /** Reads the path of a property. */
  Typed path() {
    return primary.path();
  }

  // A misspelt operator is better news than that what stands before it is no condition.
  private Typed whole() {
    Typed value = expression();
    scanner.skipSpaces();
    if (!scanner.end() && ");,:".indexOf(scanner.peek()) < 0) {
      throw scanner.expectedOperator();
    }
    return value;
  }

  Typed expression() {
    scanner.skipSpaces();
    context.limits().enter();
    Typed value = binary(OR, this::conjunction, this::logic);
    context.limits().leave();
    return value;
  }

  private Typed conjunction() {
    return binary(AND, this::equality, this::logic);
  }

  private Typed equality() {
    return binary(EQUALITY, this::relation, this::comparison);
  }

  /** Flags can be had by values of enumerations only, and there are none here. */
  private Typed flags() {
    Typed value = primary.read();
    int at = scanner.position();
    if (scanner.operator("has")) {
      throw types("has", at + 1, value);
    }
    return value;
  }

  private Typed relation() {
    return binary(RELATION, this::sum, this::comparison);
  }

  private Typed sum() {
    return binary(SUM, this::product, this::arithmetic);
  }

  private Typed product() {
    return binary(PRODUCT, this::unary, this::arithmetic);
  }

  /** Makes one expression of two. */
  private interface Combination {
    Typed of(Function function, int at, Typed left, Typed right);
  }

  /** Reads operands with operators of one strength between them, the left ones first. */
  private Typed binary(
      Map<String, Function> operators, Supplier<Typed> operand, Combination combination) {
    Typed left = operand.get();
    while (true) {
      int at = scanner.position();
      Optional<Function> function = next(operators);
      if (function.isEmpty()) {
        return left;
      }
      left = combination.of(function.get(), at + 1, left, operand.get());
    }
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
      if (operand.type() != ValueType.DURATION) {
        require("-", start, operand, ValueType.DECIMAL);
      }
      return operand.isNull()
          ? operand
          : new Typed(Call.of(Function.NEGATE, operand.expression()), operand.type());
    }
    return flags();
  }

  private Typed operand() {
    context.limits().enter();
    Typed operand = unary();
    context.limits().leave();
    return operand;
  }

  private boolean not() {
    int start = scanner.position();
    if (scanner.name().equalsIgnoreCase("not") && " \t(".indexOf(scanner.peek()) >= 0) {
      scanner.skipSpaces();
      return true;
    }
    scanner.back(start);
    return false;
  }

  private Optional<Function> next(Map<String, Function> operators) {
    return operators.entrySet().stream()
        .filter(operator -> scanner.operator(operator.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Typed logic(Function function, int at, Typed left, Typed right) {
    require(name(function), at, left, ValueType.BOOLEAN);
    require(name(function), at, right, ValueType.BOOLEAN);
    context.limits().node();
    List<Expression> operands = new ArrayList<>(chain(function, left.expression()));
    operands.add(right.expression());
    return new Typed(new Call(function, operands), ValueType.BOOLEAN);
  }

  // A long chain becomes one call, so that whoever reads it need not go as deep as it is long.
  private static List<Expression> chain(Function function, Expression left) {
    return left instanceof Call call && call.function() == function
        ? call.arguments()
        : List.of(left);
  }

  private Typed comparison(Function function, int at, Typed left, Typed right) {
    boolean equality = function == Function.EQ || function == Function.NE;
    boolean entity = left.type() == ValueType.ENTITY || right.type() == ValueType.ENTITY;
    if (!left.type().comparable(right.type()) || entity && !equality) {
      throw types(name(function), at, left, right);
    }
    if (left.isNull() || right.isNull()) {
      return withNull(function, left, right);
    }
    return call(function, left, right, ValueType.BOOLEAN);
  }

  // Null equals itself and is neither more nor less than anything.
  private Typed withNull(Function function, Typed left, Typed right) {
    boolean both = left.isNull() && right.isNull();
    return switch (function) {
      case EQ, NE ->
          both
              ? Typed.constant(function == Function.EQ, ValueType.BOOLEAN)
              : call(function, left, right, ValueType.BOOLEAN);
      default -> Typed.constant(false, ValueType.BOOLEAN);
    };
  }

  private Typed arithmetic(Function function, int at, Typed left, Typed right) {
    Optional<Typed> time = Durations.arithmetic(function, left, right);
    if (time.isPresent()) {
      context.limits().node();
      return time.get();
    }
    require(name(function), at, left, ValueType.DECIMAL);
    require(name(function), at, right, ValueType.DECIMAL);
    ValueType type = result(function, left.type(), right.type());
    return left.isNull() || right.isNull() ? Typed.absent(type) : call(function, left, right, type);
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
