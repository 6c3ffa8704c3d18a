package nl.ketendata.server.odata.uri;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.question.Expression;

/** The rows that an expression can name: the row itself and those of the lambdas around it. */
final class Variables {
  private final Map<String, EntityType> types = new LinkedHashMap<>();

  private final boolean outermost;

  Variables(EntityType it) {
    this(it, true);
  }

  /**
   * @param outermost whether the row is the one that the request is about
   */
  Variables(EntityType it, boolean outermost) {
    this.outermost = outermost;
    types.put(Expression.IT, it);
  }

  boolean outermost() {
    return outermost;
  }

  EntityType it() {
    return types.get(Expression.IT);
  }

  Optional<EntityType> type(String variable) {
    return Optional.ofNullable(types.get(variable));
  }

  /** Adds a variable; false when the name is taken. */
  boolean add(String variable, EntityType type) {
    return types.putIfAbsent(variable, type) == null;
  }

  void remove(String variable) {
    types.remove(variable);
  }

  int lambdas() {
    return types.size() - 1;
  }
}
