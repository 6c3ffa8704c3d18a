package nl.ketendata.server.question;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.RowsQuestion.Computed;

/**
 * One step of a pipeline: rows in, rows out (OData Extension for Data Aggregation 4.0, chapter 3).
 *
 * <p>The first step sees the rows of a table with their navigations. Behind a step that groups,
 * aggregates or joins pipelines together there are no navigations any more: a column of a parent
 * that was grouped by is still named with its path.
 */
public sealed interface Step {

  /** Keeps the rows that fulfil a condition. */
  record Filter(Expression condition) implements Step {}

  /** Adds values to each row. */
  record Compute(List<Computed> values) implements Step {
    public Compute {
      values = List.copyOf(values);
    }
  }

  /** Makes one row of all rows, or of each group. */
  record Aggregate(List<Aggregation> values) implements Step {
    public Aggregate {
      values = List.copyOf(values);
    }
  }

  /**
   * Splits rows into groups and lets each go through a pipeline of its own.
   *
   * @param levels what to group by; several levels give the rows of all of them, each its own
   *     branch
   * @param each the pipeline; columns that are grouped by stay in its result
   */
  record GroupBy(List<List<ColumnOf>> levels, List<Step> each) implements Step {
    public GroupBy {
      levels = List.copyOf(levels);
      each = List.copyOf(each);
    }
  }

  /**
   * The rows of several pipelines. Each has branches of its own, one at least, numbered on: the
   * number says which columns a row has.
   */
  record Concat(List<List<Step>> pipelines) implements Step {
    public Concat {
      pipelines = List.copyOf(pipelines);
    }
  }

  /**
   * The rows with the highest or lowest values.
   *
   * @param amount a number of rows, a percentage of the sum of all values, or a sum
   */
  record Best(boolean highest, Measure measure, BigDecimal amount, Expression by) implements Step {}

  /** Puts rows in order, for the steps behind it and for the answer. */
  record Sort(List<Order> order) implements Step {
    public Sort {
      order = List.copyOf(order);
    }
  }

  /** Passes over so many rows. */
  record Skip(long rows) implements Step {}

  /** At most so many rows. */
  record Top(long rows) implements Step {}

  /** What an amount is measured in. */
  enum Measure {
    COUNT,
    PERCENT,
    SUM
  }

  /** How values become one. Null is passed over. */
  enum Method {
    SUM,
    MIN,
    MAX,
    AVERAGE,
    COUNT_DISTINCT,
    /** The number of rows; without a value. */
    COUNT
  }

  /**
   * One value of many.
   *
   * @param parents names of the navigations to parents, from the row on
   * @param children names of the navigations to children behind them, whose rows are meant; with
   *     neither, the rows themselves
   * @param value of each row, none for {@link Method#COUNT}
   * @param alias name of the result
   */
  record Aggregation(
      List<String> parents,
      List<String> children,
      Optional<Expression> value,
      Method method,
      String alias) {
    public Aggregation {
      parents = List.copyOf(parents);
      children = List.copyOf(children);
    }

    /** A value of the rows themselves. */
    public static Aggregation own(Optional<Expression> value, Method method, String alias) {
      return new Aggregation(List.of(), List.of(), value, method, alias);
    }

    /** All navigations. */
    public List<String> path() {
      return Stream.concat(parents.stream(), children.stream()).toList();
    }
  }
}
