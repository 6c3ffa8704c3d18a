package nl.ketendata.server.odata.uri;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;

/** The rows that an expression can name: the row itself and those of the lambdas around it. */
final class Variables {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  Variables(Shape it) {
    shapes.put(Expression.IT, it);
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
