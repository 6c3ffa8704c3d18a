package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Join;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Expression.Lambda;
import nl.ketendata.server.question.Function;

/**
 * The rows that a path leads to: those of one type that fulfil a condition. A step to related rows
 * turns the condition round, so that it asks of each related row where it comes from.
 *
 * @param type the type of the rows
 * @param filter the condition; empty for all rows of the type
 * @param single whether there is at most one
 * @param key the key that names it; empty when it is not named by key
 * @param from the row whose relations were followed
 */
public record Place(
    EntityType type,
    Optional<Expression> filter,
    boolean single,
    Optional<String> key,
    Optional<Place> from) {

  static Place all(EntityType type) {
    return new Place(type, Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  /** The one of these rows with this key. */
  Place byKey(String value) {
    Expression named = Call.of(Function.EQ, Rebase.column(type.key()), Constant.of(value));
    return new Place(type, Optional.of(and(filter, named)), true, Optional.of(value), from);
  }

  /** Those of these rows that fulfil a condition. */
  Place where(Expression condition) {
    return new Place(type, Optional.of(and(filter, condition)), single, key, from);
  }

  /** The rows related to this one. */
  Place follow(Model model, Navigation navigation) {
    Expression here = filter.orElseThrow();
    Expression there =
        navigation.collection()
            ? Rebase.toChild(here, navigation.join())
            : parentOf(here, navigation.join());
    return new Place(
        model.target(navigation),
        Optional.of(there),
        !navigation.collection(),
        Optional.empty(),
        Optional.of(this));
  }

  private static Expression parentOf(Expression child, Join join) {
    String variable = "c" + Rebase.depth(child);
    return new Lambda(
        false,
        Expression.IT,
        List.of(join.toChildren()),
        variable,
        Optional.of(Rebase.toVariable(child, variable)));
  }

  /** Both conditions. */
  static Expression and(Optional<Expression> left, Expression right) {
    return left.<Expression>map(first -> Call.of(Function.AND, first, right)).orElse(right);
  }

  /** The condition of the path with one of {@code $filter}. */
  public Optional<Expression> with(Optional<Expression> condition) {
    return condition.map(more -> and(filter, more)).or(() -> filter);
  }
}
