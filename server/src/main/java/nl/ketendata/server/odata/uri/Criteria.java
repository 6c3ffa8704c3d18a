package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;

/** Reads the value of {@code $orderby}. */
final class Criteria {
  private Criteria() {}

  static List<Order> read(Context context, Shape shape, Scanner value) {
    List<Order> criteria = new ArrayList<>();
    do {
      value.skipSpaces();
      Expression by = ExpressionReader.of(context, shape, value).value().expression();
      criteria.add(new Order(by, descending(value)));
      value.skipSpaces();
    } while (value.accept(","));
    return criteria;
  }

  private static boolean descending(Scanner value) {
    value.skipSpaces();
    int start = value.position();
    String direction = value.name();
    if (direction.isEmpty() || direction.equalsIgnoreCase("asc")) {
      return false;
    }
    if (direction.equalsIgnoreCase("desc")) {
      return true;
    }
    value.back(start);
    throw value.expected("asc, desc");
  }
}
