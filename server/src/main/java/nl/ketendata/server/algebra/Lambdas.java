package nl.ketendata.server.algebra;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;
import nl.ketendata.server.question.Function;

/**
 * Any and all as numbers of children, which are joined and can be named anywhere; a sub-query can
 * not. A condition that looks outside its child stays as it is.
 */
final class Lambdas {
  private Lambdas() {}

  static Expression asCounts(Expression expression) {
    if (expression instanceof Call call) {
      return new Call(call.function(), call.arguments().stream().map(Lambdas::asCounts).toList());
    }
    if (!(expression instanceof Lambda lambda) || !closed(lambda)) {
      return expression;
    }
    Optional<Expression> condition =
        lambda.condition().map(inner -> renamed(inner, lambda.child(), Expression.IT));
    Constant none = Constant.of(0L);
    return lambda.all()
        ? Call.of(Function.EQ, count(lambda, condition.map(Lambdas::not)), none)
        : Call.of(Function.GT, count(lambda, condition), none);
  }

  private static CountOf count(Lambda lambda, Optional<Expression> condition) {
    return new CountOf(lambda.variable(), lambda.path(), condition);
  }

  /** Children of which the condition is not true, be it false or unknown. */
  private static Expression not(Expression condition) {
    return Call.of(Function.NE, condition, Constant.of(true));
  }

  private static boolean closed(Lambda lambda) {
    Set<String> free = new HashSet<>();
    lambda.condition().ifPresent(condition -> collect(condition, free));
    free.remove(lambda.child());
    return free.isEmpty();
  }

  /** The variables that an expression names from outside itself. */
  private static void collect(Expression expression, Set<String> free) {
    if (expression instanceof ColumnOf column) {
      free.add(column.variable());
    } else if (expression instanceof Call call) {
      call.arguments().forEach(argument -> collect(argument, free));
    } else if (expression instanceof CountOf count) {
      free.add(count.variable());
    } else if (expression instanceof Lambda lambda) {
      Set<String> inner = new HashSet<>();
      lambda.condition().ifPresent(condition -> collect(condition, inner));
      inner.remove(lambda.child());
      free.addAll(inner);
      free.add(lambda.variable());
    }
  }

  private static Expression renamed(Expression expression, String from, String to) {
    if (expression instanceof ColumnOf column) {
      return new ColumnOf(name(column.variable(), from, to), column.navigations(), column.column());
    }
    if (expression instanceof Call call) {
      List<Expression> arguments =
          call.arguments().stream().map(argument -> renamed(argument, from, to)).toList();
      return new Call(call.function(), arguments);
    }
    if (expression instanceof CountOf count) {
      return new CountOf(name(count.variable(), from, to), count.path(), count.condition());
    }
    if (expression instanceof Lambda lambda) {
      return new Lambda(
          lambda.all(),
          name(lambda.variable(), from, to),
          lambda.path(),
          lambda.child(),
          lambda.condition().map(inner -> renamed(inner, from, to)));
    }
    return expression;
  }

  private static String name(String variable, String from, String to) {
    return variable.equals(from) ? to : variable;
  }
}
