package nl.ketendata.server.odata.uri;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;

/** The rows that an expression can name: the row itself and those of the lambdas around it. */
final class Variables {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private final boolean outermost;

  Variables(EntityType it) {
    this(Shape.of(it), true);
  }

  /**
   * @param outermost whether the row is the one that the request is about
   */
  Variables(Shape it, boolean outermost) {
    this.outermost = outermost;
    shapes.put(Expression.IT, it);
  }

  boolean outermost() {
    return outermost;
  }

  Shape it() {
    return shapes.get(Expression.IT);
  }

  Optional<Shape> shape(String variable) {
    return Optional.ofNullable(shapes.get(variable));
  }

  /** Adds a variable; false when the name is taken. */
  boolean add(String variable, EntityType type) {
    return shapes.putIfAbsent(variable, Shape.of(type)) == null;
  }

  void remove(String variable) {
    shapes.remove(variable);
  }

  int lambdas() {
    return shapes.size() - 1;
  }
}
