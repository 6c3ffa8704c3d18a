package nl.ketendata.server.odata.uri;

import static nl.ketendata.server.odata.uri.ValueType.DATE;
import static nl.ketendata.server.odata.uri.ValueType.DURATION;
import static nl.ketendata.server.odata.uri.ValueType.INSTANT;
import static nl.ketendata.server.odata.uri.ValueType.INTEGER;

import java.util.Optional;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Function;

/** Arithmetic with durations (URL Conventions 4.01, 5.1.1.2). */
final class Durations {
  private Durations() {}

  /** The calculation; empty when it is none with durations. */
  static Optional<Typed> arithmetic(Function function, Typed left, Typed right) {
    ValueType a = left.type();
    ValueType b = right.type();
    boolean moment = a == INSTANT || a == DATE;
    return switch (function) {
      case ADD -> {
        if (moment && b == DURATION) {
          yield Optional.of(typed(Function.ADD_DURATION, left, right, a));
        }
        yield both(function, left, right);
      }
      case SUB -> {
        if (moment && b == DURATION) {
          yield Optional.of(typed(Function.ADD_DURATION, left, negated(right), a));
        }
        yield moment && a == b
            ? Optional.of(typed(Function.DURATION_BETWEEN, left, right, DURATION))
            : both(function, left, right);
      }
      case MUL ->
          a == DURATION && b == INTEGER || a == INTEGER && b == DURATION
              ? Optional.of(typed(function, left, right, DURATION))
              : Optional.empty();
      case DIV ->
          a == DURATION && b == INTEGER
              ? Optional.of(typed(function, left, right, DURATION))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Typed> both(Function function, Typed left, Typed right) {
    return left.type() == DURATION && right.type() == DURATION
        ? Optional.of(typed(function, left, right, DURATION))
        : Optional.empty();
  }

  private static Typed negated(Typed duration) {
    return new Typed(Call.of(Function.NEGATE, duration.expression()), DURATION);
  }

  private static Typed typed(Function function, Typed left, Typed right, ValueType type) {
    return new Typed(Call.of(function, left.expression(), right.expression()), type);
  }
}
