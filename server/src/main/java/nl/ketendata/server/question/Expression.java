package nl.ketendata.server.question;

import java.util.List;
import java.util.Optional;

/** A value computed for a row: what a filter or an order is made of. */
public sealed interface Expression {
  /** The name of the row that a question is about, beside the variables of any and all. */
  String IT = "$it";

  /**
   * A column of the row, or of a row that single-valued navigations lead to.
   *
   * @param variable {@link #IT} or a variable of an enclosing {@link Lambda}
   * @param navigations names of the navigations to parents, in order; empty for the row itself
   * @param column exact name of the column
   */
  record ColumnOf(String variable, List<String> navigations, String column) implements Expression {
    public ColumnOf {
      navigations = List.copyOf(navigations);
    }
  }

  /**
   * A constant.
   *
   * @param value a {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal}, {@code
   *     Double}, {@code LocalDate}, {@code LocalTime} or {@code Instant}; empty for null
   */
  record Constant(Optional<Object> value) implements Expression {
    public static Constant of(Object value) {
      return new Constant(Optional.of(value));
    }

    /** The null of OData. */
    public static Constant absent() {
      return new Constant(Optional.empty());
    }
  }

  /** A function or operator with its arguments. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public static Call of(Function function, Expression... arguments) {
      return new Call(function, List.of(arguments));
    }
  }

  /**
   * Whether any, or all, of the children fulfil a condition.
   *
   * @param all whether all must; otherwise any
   * @param variable the row that the path starts at
   * @param path names of the navigations; the last one leads to children, the others to parents
   * @param child the name that the condition gives to a child
   * @param condition none for a bare {@code any()}
   */
  record Lambda(
      boolean all, String variable, List<String> path, String child, Optional<Expression> condition)
      implements Expression {
    public Lambda {
      path = List.copyOf(path);
    }
  }

  /**
   * The number of children.
   *
   * @param variable the row that the path starts at
   * @param path as in {@link Lambda}
   * @param condition which children count; in it {@link #IT} is the child, and no variable outside
   *     can be named
   */
  record CountOf(String variable, List<String> path, Optional<Expression> condition)
      implements Expression {
    public CountOf {
      path = List.copyOf(path);
    }
  }
}
