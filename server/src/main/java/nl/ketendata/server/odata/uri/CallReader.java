package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.odata.uri.Functions.Signature;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Function;

/** Reads the call of a function, behind its name. */
final class CallReader {
  private final Context context;
  private final Scanner scanner;
  private final ExpressionReader expressions;

  CallReader(Context context, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.scanner = scanner;
    this.expressions = expressions;
  }

  Typed read(String name, int start) {
    if (name.equals("cast")) {
      return cast(start);
    }
    if (name.equals("case")) {
      return cases(start);
    }
    Signature signature = Functions.BY_NAME.get(name);
    if (signature == null) {
      throw unknown(name, start);
    }
    if (signature.function() == Function.NOW) {
      context.usesNow();
    }
    List<Typed> arguments = arguments();
    check(name, start, signature, arguments);
    if (signature.function() == Function.MATCHES_PATTERN) {
      Patterns.check(scanner, start, arguments.get(1));
    }
    if (arguments.stream().anyMatch(Typed::isNull)) {
      return Typed.absent(result(signature, arguments));
    }
    List<Expression> values = arguments.stream().map(Typed::expression).toList();
    return new Typed(new Call(signature.function(), values), result(signature, arguments));
  }

  // Rounding keeps a whole number whole.
  private static ValueType result(Signature signature, List<Typed> arguments) {
    return switch (signature.function()) {
      case ROUND, FLOOR, CEILING -> arguments.get(0).type();
      default -> signature.result();
    };
  }

  private List<Typed> arguments() {
    List<Typed> arguments = new ArrayList<>();
    scanner.expect("(");
    scanner.skipSpaces();
    boolean more = !scanner.accept(")");
    while (more) {
      arguments.add(expressions.expression());
      scanner.skipSpaces();
      more = scanner.accept(",");
      if (!more) {
        scanner.expect(")");
      }
    }
    return arguments;
  }

  private void check(String name, int start, Signature signature, List<Typed> arguments) {
    int most = signature.parameters().size();
    if (arguments.size() < signature.required() || arguments.size() > most) {
      throw count(name, signature.required(), most, arguments.size());
    }
    for (int i = 0; i < arguments.size(); i++) {
      ValueType found = arguments.get(i).type();
      if (signature.parameters().get(i).stream().noneMatch(found::fits)) {
        throw types(name, arguments, start);
      }
    }
  }

  private Typed cases(int start) {
    List<Expression> parts = new ArrayList<>();
    ValueType type = ValueType.ANY;
    scanner.expect("(");
    do {
      scanner.enterCase();
      parts.add(expressions.condition());
      scanner.leaveCase();
      scanner.skipSpaces();
      scanner.expect(":");
      Typed value = expressions.value();
      if (!type.comparable(value.type())) {
        throw types("case", List.of(Typed.absent(type), value), start);
      }
      type = type.with(value.type());
      parts.add(value.expression());
      scanner.skipSpaces();
    } while (scanner.accept(","));
    scanner.expect(")");
    return new Typed(new Call(Function.CASE, parts), type);
  }

  private Typed cast(int start) {
    scanner.expect("(");
    Typed value = expressions.expression();
    scanner.skipSpaces();
    if (!scanner.accept(",")) {
      throw count("cast", 2, 2, 1);
    }
    scanner.skipSpaces();
    String type = scanner.qualifiedName();
    scanner.skipSpaces();
    scanner.expect(")");
    Functions.Typing cast = Functions.CASTS.get(type);
    if (cast == null) {
      throw Failure.of(Code.NOT_BUILT, "cast(…," + type + ")");
    }
    if (value.type() == ValueType.ENTITY) {
      throw types("cast", List.of(value), start);
    }
    return value.isNull()
        ? Typed.absent(cast.type())
        : new Typed(Call.of(cast.function(), value.expression()), cast.type());
  }

  private Failure unknown(String name, int start) {
    if (Functions.NOT_BUILT.contains(name)) {
      return Failure.of(Code.NOT_BUILT, name);
    }
    Failure failure =
        Failure.of(Code.UNKNOWN_FUNCTION, scanner.option(), name, Scanner.place(start));
    Set<String> known = Functions.BY_NAME.keySet();
    return Nearest.to(name, known).map(failure::meaning).orElse(failure);
  }

  private Failure count(String name, int least, int most, int found) {
    String wanted = least == most ? String.valueOf(most) : least + "-" + most;
    return Failure.of(
        Code.FUNCTION_ARGUMENTS, scanner.option(), name, wanted, String.valueOf(found));
  }

  private Failure types(String name, List<Typed> arguments, int start) {
    String types =
        arguments.stream().map(value -> value.type().edmName()).collect(Collectors.joining(", "));
    return Failure.of(Code.OPTION_TYPES, scanner.option(), name, types, Scanner.place(start));
  }
}
