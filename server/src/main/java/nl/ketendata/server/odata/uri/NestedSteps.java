package nl.ketendata.server.odata.uri;

import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.question.RowsQuestion.Computed;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Aggregation;

/**
 * What {@code $apply} inside an expand can be. The rows of all outer rows go through it together,
 * grouped by what leads to them; the little that this makes impossible is refused.
 */
final class NestedSteps {
  private NestedSteps() {}

  /**
   * @throws Failure KD507 for what is not built, KD526 for a name that the grouping needs
   */
  static void check(Navigation navigation, Shown shown, RowOptions rows) {
    List<Step> steps = rows.steps();
    if (steps.isEmpty()) {
      return;
    }
    if (!rows.shape().branches().isEmpty()) {
      throw Failure.of(Code.NOT_BUILT, "$expand($apply=concat, rollup)");
    }
    if (shown != Shown.ROWS && !rows.shape().entity()) {
      throw Failure.of(Code.NOT_BUILT, "$expand=…/$count, …/$ref($apply=groupby, aggregate)");
    }
    // Where nothing is related the result is one row, to which nothing more can be done.
    if (steps.subList(0, steps.size() - 1).stream().anyMatch(Step.Aggregate.class::isInstance)) {
      throw Failure.of(Code.NOT_BUILT, "$expand($apply=aggregate(…)/…)");
    }
    String key = navigation.join().column();
    if (names(steps).anyMatch(key::equals)) {
      throw Failure.of(Code.NAME_TAKEN, "$expand", key, "?");
    }
  }

  /** The names that steps give. */
  private static Stream<String> names(List<Step> steps) {
    return steps.stream().flatMap(NestedSteps::names);
  }

  private static Stream<String> names(Step step) {
    if (step instanceof Step.Aggregate aggregate) {
      return aggregate.values().stream().map(Aggregation::alias);
    }
    if (step instanceof Step.Compute compute) {
      return compute.values().stream().map(Computed::name);
    }
    return step instanceof Step.GroupBy groupBy ? names(groupBy.each()) : Stream.empty();
  }
}
