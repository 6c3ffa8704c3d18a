package nl.ketendata.server.odata.uri;

import java.util.Optional;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Constant;

/** An expression with the type of its value. */
record Typed(Expression expression, ValueType type) {
  static Typed constant(Object value, ValueType type) {
    return new Typed(new Constant(Optional.of(value)), type);
  }

  static Typed absent() {
    return absent(ValueType.ANY);
  }

  /** The null that a calculation with null gives. */
  static Typed absent(ValueType type) {
    return new Typed(Constant.absent(), type);
  }

  /** Whether the value is null whatever the row. */
  boolean isNull() {
    return expression.equals(Constant.absent());
  }
}
