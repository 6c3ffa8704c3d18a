package nl.ketendata.server.algebra;

import java.util.List;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step;

/** What the steps of a pipeline compute: it says what must be joined to the rows that go in. */
final class StepExpressions {
  private StepExpressions() {}

  static void collect(List<Step> steps, List<Expression> found) {
    steps.forEach(step -> collect(step, found));
  }

  private static void collect(Step step, List<Expression> found) {
    if (step instanceof Step.Filter filter) {
      found.add(Lambdas.asCounts(filter.condition()));
    } else if (step instanceof Step.Compute compute) {
      compute.values().forEach(each -> found.add(Lambdas.asCounts(each.value())));
    } else if (step instanceof Step.Sort sort) {
      sort.order().forEach(each -> found.add(Lambdas.asCounts(each.by())));
    } else if (step instanceof Step.Best best) {
      found.add(Lambdas.asCounts(best.by()));
    } else if (step instanceof Step.Aggregate aggregate) {
      aggregate.values().forEach(each -> collect(each, found));
    } else if (step instanceof Step.GroupBy groupBy) {
      groupBy.levels().forEach(found::addAll);
      collect(groupBy.each(), found);
    } else if (step instanceof Step.Concat concat) {
      concat.pipelines().forEach(pipeline -> collect(pipeline, found));
    }
  }

  private static void collect(Step.Aggregation aggregation, List<Expression> found) {
    if (aggregation.children().isEmpty()) {
      aggregation.value().map(Lambdas::asCounts).ifPresent(found::add);
    } else {
      // Only the parents on the way are joined to the rows themselves.
      found.add(new ColumnOf(Expression.IT, aggregation.parents(), ""));
    }
  }
}
