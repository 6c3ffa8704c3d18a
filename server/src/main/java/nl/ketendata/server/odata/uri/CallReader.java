package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final Variables variables;
  private final Scanner scanner;
  private final ExpressionReader expressions;
  private final TypeReader types;

  CallReader(Context context, Variables variables, Scanner scanner, ExpressionReader expressions) {
    this.context = context;
    this.variables = variables;
    this.scanner = scanner;
    this.expressions = expressions;
    this.types = new TypeReader(context, variables, scanner, expressions);
  }

  Typed read(String written, int start) {
    String name = written.toLowerCase(Locale.ROOT);
    if (name.equals("cast") || name.equals("isof")) {
      return types.read(name, start);
    }
    if (name.equals("case")) {
      return cases(start);
    }
    if (name.equals("isdefined")) {
      return defined();
    }
    Signature signature = Functions.named(written).orElseThrow(() -> unknown(written, start));
    if (signature.function() == Function.NOW) {
      context.usesNow();
    }
    List<Typed> arguments = arguments();
    check(written, start, signature, arguments);
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

  /** Whether rows have a property at all: they do, but for those of several pipelines. */
  private Typed defined() {
    scanner.expect("(");
    expressions.path();
    scanner.skipSpaces();
    scanner.expect(")");
    if (!variables.it().branches().isEmpty()) {
      throw Failure.of(Code.NOT_BUILT, "isdefined: concat, rollup");
    }
    return Typed.constant(true, ValueType.BOOLEAN);
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

  private Failure unknown(String name, int start) {
    if (Functions.NOT_BUILT.contains(name.toLowerCase(Locale.ROOT))) {
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
