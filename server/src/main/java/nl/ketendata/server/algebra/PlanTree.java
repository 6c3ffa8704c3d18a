package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The plans of a question with expands: one statement per level, whatever the number of rows.
 *
 * @param plan the rows
 * @param position index of the column with the row's position
 * @param ordinal index of the column with the row's ordinal
 * @param parent index of the column with the outer row's ordinal
 * @param counts the number of related rows per outer row
 * @param expands one per expand
 */
public record PlanTree(
    Plan plan,
    OptionalInt position,
    OptionalInt ordinal,
    OptionalInt parent,
    Optional<Plan> counts,
    List<PlanTree> expands) {
  public PlanTree {
    expands = List.copyOf(expands);
  }

  /** Whether each of its statements takes so many constants of the question. */
  boolean takes(int values) {
    return plan.lifted() == values
        && counts.stream().allMatch(each -> each.lifted() == values)
        && expands.stream().allMatch(each -> each.takes(values));
  }

  /** How many statements are open at once. */
  public int statements() {
    return 1 + (counts.isPresent() ? 1 : 0) + expands.stream().mapToInt(PlanTree::statements).sum();
  }
}
