package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

/** Reads the list behind {@code in}: constants between parentheses, or a JSON array of them. */
final class ListReader {
  private final PrimaryReader primary;
  private final Scanner scanner;
  private final Typed left;
  private final String place;

  /**
   * @param primary reads the constants from the same text
   * @param left the value that may be in the list
   * @param place where it stands, for messages
   */
  ListReader(PrimaryReader primary, Scanner scanner, Typed left, String place) {
    this.primary = primary;
    this.scanner = scanner;
    this.left = left;
    this.place = place;
  }

  Typed read() {
    scanner.skipSpaces();
    boolean array = scanner.accept("[");
    String end = array ? "]" : ")";
    if (!array) {
      scanner.expect("(");
    }
    List<Expression> arguments = new ArrayList<>(List.of(left.expression()));
    boolean orNull = false;
    scanner.skipSpaces();
    boolean more = !scanner.accept(end);
    while (more) {
      Expression item = item(array);
      if (item.equals(Constant.absent())) {
        orNull = true;
      } else {
        arguments.add(item);
      }
      primary.context().limits().values(arguments.size() - 1);
      scanner.skipSpaces();
      more = scanner.accept(",");
      if (!more) {
        scanner.expect(end);
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

  private Expression item(boolean array) {
    scanner.skipSpaces();
    if (scanner.nameAhead()) {
      return keyword();
    }
    if (scanner.peek() == '(') {
      throw scanner.noValue();
    }
    Typed item = array && scanner.peek() == '"' ? json() : primary.value();
    if (!(item.expression() instanceof Constant)) {
      throw scanner.noValue();
    }
    if (left.type() == ValueType.ENTITY || !left.type().comparable(item.type())) {
      throw Failure.of(
          Code.OPTION_TYPES,
          scanner.option(),
          "in",
          left.type().edmName() + ", " + item.type().edmName(),
          place);
    }
    return item.expression();
  }

  /** JSON has text only: what it stands for is what it is compared with. */
  private Typed json() {
    String text = scanner.phrase();
    if (left.type() == ValueType.STRING) {
      return Typed.constant(text, ValueType.STRING);
    }
    Scanner inside = new Scanner(scanner.option(), text);
    Typed value = Literals.read(inside);
    inside.expectEnd();
    return value;
  }

  // A list holds constants only; a column in it would be read as one.
  private Expression keyword() {
    int start = scanner.position();
    String name = scanner.name();
    if (name.equalsIgnoreCase("null")) {
      return Constant.absent();
    }
    if (left.type() == ValueType.BOOLEAN
        && (name.equalsIgnoreCase("true") || name.equalsIgnoreCase("false"))) {
      return Constant.of(Boolean.valueOf(name));
    }
    if (left.type() == ValueType.DURATION && name.equals("duration")) {
      scanner.back(start);
      return primary.value().expression();
    }
    scanner.back(start);
    throw scanner.noValue();
  }
}
