package nl.ketendata.server.odata.uri;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step;

/**
 * What the rows of a pipeline are grouped by.
 *
 * @param keys the columns, by path
 * @param narrowed whether a group may have lost rows since the pipeline began
 */
record Grouping(Map<String, Shape.Property> keys, boolean narrowed) {
  Grouping {
    keys = new LinkedHashMap<>(keys);
  }

  static Grouping none(Shape shape) {
    return new Grouping(Map.of(), false);
  }

  /** The grouping for the transformation behind these steps. */
  Grouping behind(List<Step> steps) {
    return narrowed || steps.isEmpty() ? this : new Grouping(keys, true);
  }

  /** A finer grouping. */
  Grouping by(Map<String, Shape.Property> more) {
    Map<String, Shape.Property> all = new LinkedHashMap<>(keys);
    more.forEach(all::putIfAbsent);
    return new Grouping(all, false);
  }

  static ColumnOf column(Shape.Property key) {
    return (ColumnOf) key.expression();
  }
}
