package nl.ketendata.server.algebra;

import java.util.List;

/**
 * A plan with the values that this question gives to its parameters.
 *
 * @param plan a {@link Plan}, or a tree of those that all take the same values
 * @param values by number; {@code String}, {@code Long} or {@code LocalDate}
 */
public record Bound<T>(T plan, List<Object> values) {
  public Bound {
    values = List.copyOf(values);
  }
}
