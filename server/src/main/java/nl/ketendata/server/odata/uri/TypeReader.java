package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

/**
 * Reads {@code cast} and {@code isof}: of a value, or with a type alone of the row itself. No type
 * here is derived from another, so a row is of its own type and of none beside it.
 */
final class TypeReader {
  private static final Set<String> ANY_VALUE = Set.of("Edm.PrimitiveType", "Edm.Untyped");
  private static final String ANY_ROW = "Edm.EntityType";

  private final Context context;
  private final Variables variables;
  private final Scanner scanner;
  private final ExpressionReader expressions;

  TypeReader(Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.expressions = expressions;
  }

  /**
   * Reads what stands between the parentheses.
   *
   * @param function cast or isof
   */
  Typed read(String function, int start) {
    scanner.expect("(");
    Optional<String> alone = alone();
    Typed value = alone.isPresent() ? row() : value();
    String type = alone.orElseGet(this::type);
    scanner.skipSpaces();
    scanner.expect(")");
    return function.equals("cast") ? cast(value, type, start) : isOf(value, type, start);
  }

  private Typed value() {
    Typed value = expressions.expression();
    scanner.skipSpaces();
    scanner.expect(",");
    return value;
  }

  /** A type without a value before it. */
  private Optional<String> alone() {
    int start = scanner.position();
    scanner.skipSpaces();
    String type = scanner.qualifiedName();
    scanner.skipSpaces();
    if (type.contains(".") && scanner.peek() == ')') {
      return Optional.of(type);
    }
    scanner.back(start);
    return Optional.empty();
  }

  private Typed row() {
    return new Typed(
        new ColumnOf(Expression.IT, List.of(), variables.it().type().key()), ValueType.ENTITY);
  }

  /** Since 4.0 a bare name; some clients quote it. */
  private String type() {
    scanner.skipSpaces();
    return scanner.peek() == '\'' ? scanner.quoted() : scanner.qualifiedName();
  }

  private Typed cast(Typed value, String type, int start) {
    if (value.type() == ValueType.ENTITY) {
      if (type.equals(rowType(value))) {
        return value;
      }
      throw types("cast", value, type, start);
    }
    Functions.Typing cast = Functions.CASTS.get(type);
    boolean instant = cast != null && cast.function() == Function.TO_INSTANT;
    if (cast == null || instant && !fromMoment(value.type())) {
      throw Failure.of(Code.NOT_BUILT, "cast(" + value.type().edmName() + "," + type + ")");
    }
    if (value.isNull()) {
      return Typed.absent(cast.type());
    }
    return instant && value.type() == ValueType.INSTANT
        ? value
        : new Typed(Call.of(cast.function(), value.expression()), cast.type());
  }

  private static boolean fromMoment(ValueType type) {
    return type == ValueType.DATE || type == ValueType.INSTANT || type == ValueType.ANY;
  }

  /** Null is of no type. */
  private Typed isOf(Typed value, String type, int start) {
    if (!known(type)) {
      throw types("isof", value, type, start);
    }
    boolean fits =
        value.type() == ValueType.ENTITY
            ? type.equals(rowType(value)) || type.equals(ANY_ROW)
            : type.equals(value.type().edmName()) || ANY_VALUE.contains(type);
    return fits && !value.isNull()
        ? new Typed(Call.of(Function.NE, value.expression(), Constant.absent()), ValueType.BOOLEAN)
        : Typed.constant(false, ValueType.BOOLEAN);
  }

  private boolean known(String type) {
    return type.startsWith("Edm.")
        || context.model().types().stream()
            .anyMatch(each -> context.model().qualified(each).equals(type));
  }

  private String rowType(Typed value) {
    var type = variables.it().type();
    ColumnOf column = (ColumnOf) value.expression();
    if (!column.variable().equals(Expression.IT)) {
      type = variables.shape(column.variable()).orElseThrow().type();
    }
    for (String navigation : column.navigations()) {
      type = context.model().target(type.navigation(navigation).orElseThrow());
    }
    return context.model().qualified(type);
  }

  private Failure types(String function, Typed value, String type, int start) {
    return Failure.of(
        Code.OPTION_TYPES,
        scanner.option(),
        function,
        value.type().edmName() + ", " + Excerpt.of(type),
        Scanner.place(start));
  }
}
