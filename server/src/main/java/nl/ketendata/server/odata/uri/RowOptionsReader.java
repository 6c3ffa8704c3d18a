package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;

/** Collects the options about rows of one type, of the request itself or of one expand. */
final class RowOptionsReader {
  private final Context context;
  private final EntityType type;
  private final Set<String> seen = new HashSet<>();
  private Optional<Selection> select = Optional.empty();
  private Optional<Expression> filter = Optional.empty();
  private List<Order> order = List.of();
  private List<Expansion> expands = List.of();
  private OptionalLong top = OptionalLong.empty();
  private long skip;
  private boolean count;

  RowOptionsReader(Context context, EntityType type) {
    this.context = context;
    this.type = type;
  }

  /**
   * Reads the value of one option, as far as it goes.
   *
   * @param option its name, with {@code $}
   */
  void read(String option, Scanner value) {
    if (!seen.add(option)) {
      throw Failure.of(Code.OPTION_TWICE, option);
    }
    switch (option) {
      case "$select" -> select = Optional.of(Selection.read(type, value));
      case "$filter" -> filter = Optional.of(ExpressionReader.of(context, type, value).condition());
      case "$orderby" -> order = order(value);
      case "$expand" -> expands = ExpandReader.read(context, type, value);
      case "$top" -> top = OptionalLong.of(Numbers.read(value, Long.MAX_VALUE));
      case "$skip" -> skip = Numbers.read(value, Limits.SKIP);
      case "$count" -> count = truth(value);
      default -> throw Failure.of(Code.NOT_BUILT, option);
    }
  }

  RowOptions options() {
    return new RowOptions(
        type,
        select.orElseGet(() -> Selection.everything(type)),
        filter,
        order,
        skip,
        top,
        count,
        expands);
  }

  private List<Order> order(Scanner value) {
    List<Order> criteria = new ArrayList<>();
    do {
      value.skipSpaces();
      Expression by = ExpressionReader.of(context, type, value).value().expression();
      criteria.add(new Order(by, descending(value)));
      value.skipSpaces();
    } while (value.accept(","));
    return criteria;
  }

  private static boolean descending(Scanner value) {
    value.skipSpaces();
    int start = value.position();
    String direction = value.name();
    if (direction.isEmpty() || direction.equals("asc")) {
      return false;
    }
    if (direction.equals("desc")) {
      return true;
    }
    value.back(start);
    throw value.expected("asc, desc");
  }

  private static boolean truth(Scanner value) {
    int start = value.position();
    String word = value.name();
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    value.back(start);
    throw value.expected("true, false");
  }
}
