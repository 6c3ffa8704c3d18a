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
    return new Typed(Constant.absent(), ValueType.ANY);
  }
}
