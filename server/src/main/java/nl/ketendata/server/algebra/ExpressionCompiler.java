package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Function;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Expressions of a question as Calcite's, with OData's meaning (URL Conventions 4.01, 5.1.1): eq
 * and ne are two-valued, a comparison with null is false and its negation true. A function of null
 * is null, and so is its negation. Where only truth counts the plain comparison is written, since
 * the engine can then use its statistics.
 *
 * <p>A DateTimeOffset is an instant; a column with Dutch wall clock is compared with that instant
 * in Dutch wall clock.
 */
final class ExpressionCompiler {
  /** What gives a moment on the clock of its arguments. */
  private static final Set<Function> KEEPS_CLOCK = Set.of(Function.ADD_DURATION, Function.CASE);

  private final RelBuilder builder;
  private final RexBuilder rex;
  private final Map<String, Scope> scopes = new HashMap<>();
  private final Paths paths;
  private final Constants constants;

  ExpressionCompiler(RelBuilder builder, Paths paths) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
    this.paths = paths;
    this.constants = new Constants(rex);
  }

  /**
   * How a variable's row is reached.
   *
   * @param rows the row with its parents
   * @param correlation set while the row is outside the sub-query that is being compiled
   */
  private record Scope(Row rows, CorrelationId correlation, boolean outer) {
    RexNode field(RexBuilder rex, int index) {
      return outer
          ? rex.makeFieldAccess(rex.makeCorrel(rows.rel().getRowType(), correlation), index)
          : rex.makeInputRef(rows.rel(), index);
    }
  }

  /** Makes a variable known; returns the correlation under which sub-queries reach it. */
  CorrelationId bind(String variable, Row rows) {
    CorrelationId id = builder.getCluster().createCorrel();
    scopes.put(variable, new Scope(rows, id, false));
    return id;
  }

  /** A condition of which only truth counts. */
  RexNode condition(Expression expression) {
    if (expression instanceof Expression.Lambda lambda) {
      return lambda(lambda);
    }
    if (!(expression instanceof Expression.Call call)) {
      return value(expression).node;
    }
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> all(SqlStdOperatorTable.AND, arguments, this::condition);
      case OR -> all(SqlStdOperatorTable.OR, arguments, this::condition);
      case NOT -> negation(arguments.get(0));
      case EQ, NE -> equality(call);
      case GT -> compare(SqlStdOperatorTable.GREATER_THAN, arguments);
      case GE -> compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, arguments);
      case LT -> compare(SqlStdOperatorTable.LESS_THAN, arguments);
      case LE -> compare(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, arguments);
      case IN -> in(arguments);
      default -> value(expression).node;
    };
  }

  /** The condition that another one is false: what is neither true nor false stays so. */
  private RexNode negation(Expression expression) {
    if (isNull(expression)) {
      return rex.makeLiteral(false);
    }
    if (expression instanceof Expression.Lambda) {
      return rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition(expression));
    }
    if (!(expression instanceof Expression.Call call)) {
      return rex.makeCall(SqlStdOperatorTable.NOT, value(expression).node);
    }
    return switch (call.function()) {
      case AND -> all(SqlStdOperatorTable.OR, call.arguments(), this::negation);
      case OR -> all(SqlStdOperatorTable.AND, call.arguments(), this::negation);
      case NOT -> condition(call.arguments().get(0));
      case EQ, NE, GT, GE, LT, LE, IN ->
          rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition(call));
      default -> rex.makeCall(SqlStdOperatorTable.NOT, value(call).node);
    };
  }

  /** Calcite wants no AND directly inside AND, nor OR inside OR. */
  private RexNode all(
      SqlOperator operator,
      List<Expression> arguments,
      java.util.function.Function<Expression, RexNode> each) {
    return rex.makeCall(operator, RexUtil.flatten(arguments.stream().map(each).toList(), operator));
  }

  private RexNode equality(Expression.Call call) {
    boolean equal = call.function() == Function.EQ;
    Value[] sides = sides(call.arguments());
    if (isNull(call.arguments().get(0)) || isNull(call.arguments().get(1))) {
      RexNode other = isNull(call.arguments().get(0)) ? sides[1].node : sides[0].node;
      return rex.makeCall(
          equal ? SqlStdOperatorTable.IS_NULL : SqlStdOperatorTable.IS_NOT_NULL, other);
    }
    boolean constant = isConstant(call.arguments().get(0)) || isConstant(call.arguments().get(1));
    if (!equal) {
      return rex.makeCall(SqlStdOperatorTable.IS_DISTINCT_FROM, sides[0].node, sides[1].node);
    }
    return rex.makeCall(
        constant ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
        sides[0].node,
        sides[1].node);
  }

  private RexNode compare(SqlOperator operator, List<Expression> arguments) {
    Value[] sides = sides(arguments);
    return rex.makeCall(operator, sides[0].node, sides[1].node);
  }

  private RexNode in(List<Expression> arguments) {
    List<RexNode> alternatives = new ArrayList<>();
    for (Expression candidate : arguments.subList(1, arguments.size())) {
      alternatives.add(equality(Expression.Call.of(Function.EQ, arguments.get(0), candidate)));
    }
    return alternatives.isEmpty()
        ? rex.makeLiteral(false)
        : rex.makeCall(SqlStdOperatorTable.OR, pad(alternatives));
  }

  /** OR takes two operands at least. */
  private List<RexNode> pad(List<RexNode> alternatives) {
    if (alternatives.size() == 1) {
      alternatives.add(rex.makeLiteral(false));
    }
    return alternatives;
  }

  private static boolean isNull(Expression expression) {
    return expression instanceof Expression.Constant constant && constant.value().isEmpty();
  }

  private static boolean isConstant(Expression expression) {
    return expression instanceof Expression.Constant;
  }

  /**
   * A value with the clock that its moments are on.
   *
   * @param clock DATETIME or INSTANT; empty when it is no moment or a constant
   */
  private record Value(RexNode node, Optional<ColumnType> clock) {
    static Value of(RexNode node) {
      return new Value(node, Optional.empty());
    }
  }

  /** Two sides on one clock. */
  private Value[] sides(List<Expression> arguments) {
    Optional<ColumnType> clock = arguments.stream().flatMap(a -> clock(a).stream()).findFirst();
    Value left = value(arguments.get(0), clock);
    Value right = value(arguments.get(1), clock);
    if (left.clock.isPresent() && right.clock.isPresent() && !left.clock.equals(right.clock)) {
      throw Failure.of(Code.NOT_SUPPORTED, "Levering_GeladenOp naast een ander tijdstip");
    }
    return new Value[] {left, right};
  }

  /** The clock that a value is on, when it is a moment of a column. */
  Optional<ColumnType> clock(Expression expression) {
    if (expression instanceof Expression.ColumnOf column) {
      Row rows = scope(column.variable()).rows;
      rows.field(column.navigations(), column.column());
      return rows.clock(column.navigations(), column.column());
    }
    if (expression instanceof Expression.Call call && call.function() == Function.TO_INSTANT) {
      return Optional.of(ColumnType.DATETIME);
    }
    if (expression instanceof Expression.Call call && KEEPS_CLOCK.contains(call.function())) {
      return call.arguments().stream().flatMap(argument -> clock(argument).stream()).findFirst();
    }
    return Optional.empty();
  }

  private Scope scope(String variable) {
    return Optional.ofNullable(scopes.get(variable))
        .orElseThrow(() -> Failure.of(Code.UNKNOWN_COLUMN, variable, ""));
  }

  /** A value as it is, null included. */
  RexNode plain(Expression expression) {
    return value(expression).node;
  }

  private Value value(Expression expression) {
    return value(expression, clock(expression));
  }

  private Value value(Expression expression, Optional<ColumnType> clock) {
    if (expression instanceof Expression.ColumnOf column) {
      Scope scope = scope(column.variable());
      int index = scope.rows.field(column.navigations(), column.column());
      return new Value(scope.field(rex, index), clock(column));
    }
    if (expression instanceof Expression.Constant constant) {
      return Value.of(constants.of(constant, clock.orElse(ColumnType.DATETIME)));
    }
    if (expression instanceof Expression.CountOf count) {
      return Value.of(count(count));
    }
    if (expression instanceof Expression.Call call) {
      return call(call, clock);
    }
    return Value.of(lambda((Expression.Lambda) expression));
  }

  private RelDataType type(SqlTypeName name) {
    return builder.getTypeFactory().createSqlType(name);
  }

  private Value call(Expression.Call call, Optional<ColumnType> clock) {
    return switch (call.function()) {
      case AND -> Value.of(all(SqlStdOperatorTable.AND, call.arguments(), this::plain));
      case OR -> Value.of(all(SqlStdOperatorTable.OR, call.arguments(), this::plain));
      case NOT -> Value.of(rex.makeCall(SqlStdOperatorTable.NOT, plain(call.arguments().get(0))));
      case EQ, NE, GT, GE, LT, LE, IN ->
          Value.of(rex.makeCall(SqlStdOperatorTable.IS_TRUE, condition(call)));
      default -> function(call, clock);
    };
  }

  private Value function(Expression.Call call, Optional<ColumnType> clock) {
    Optional<ColumnType> own =
        call.arguments().stream().flatMap(a -> clock(a).stream()).findFirst().or(() -> clock);
    List<RexNode> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      boolean when = call.function() == Function.CASE && arguments.size() % 2 == 0;
      arguments.add(when ? condition(argument) : value(argument, own).node);
    }
    if (call.function() == Function.CASE) {
      arguments.add(rex.makeNullLiteral(type(SqlTypeName.NULL)));
    }
    return Value.of(
        new FunctionCalls(rex, own.orElse(ColumnType.DATETIME)).call(call.function(), arguments));
  }

  private RexNode lambda(Expression.Lambda lambda) {
    Child child = child(lambda.variable(), lambda.path(), lambda.child());
    builder.push(child.rows.rel());
    List<RexNode> conditions = new ArrayList<>(child.links);
    lambda
        .condition()
        .map(this::condition)
        .map(
            condition ->
                lambda.all() ? rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition) : condition)
        .ifPresent(conditions::add);
    Filters.keep(builder, Set.of(child.correlation), conditions);
    RexNode exists = RexSubQuery.exists(builder.build());
    leave(child, lambda.child());
    return lambda.all() ? rex.makeCall(SqlStdOperatorTable.NOT, exists) : exists;
  }

  private RexNode count(Expression.CountOf count) {
    Scope scope = scope(count.variable());
    return rex.makeCall(
        SqlStdOperatorTable.COALESCE,
        scope.field(rex, scope.rows.field(count)),
        rex.makeExactLiteral(BigDecimal.ZERO, type(SqlTypeName.BIGINT)));
  }

  /**
   * @param links what ties the child to the outer row
   * @param outside the scopes as they were
   */
  private record Child(
      RowScope rows, CorrelationId correlation, List<RexNode> links, Map<String, Scope> outside) {}

  /** Steps into a sub-query over the children at the end of a path. */
  private Child child(String variable, List<String> path, String name) {
    Scope from = scope(variable);
    List<String> parents = path.subList(0, path.size() - 1);
    Table parent = from.rows.owner(parents);
    Snapshot snapshot = from.rows.snapshot();
    Join join = RowScope.navigation(snapshot, parent, path.get(path.size() - 1));
    boolean toChildren = join.parent().equals(parent.name());
    Table target = RowScope.table(snapshot, toChildren ? join.child() : join.parent());
    Map<String, Scope> outside = new HashMap<>(scopes);
    scopes.replaceAll((key, scope) -> new Scope(scope.rows, scope.correlation, true));
    RowScope rows = RowScope.of(snapshot, target, paths, name, builder);
    CorrelationId correlation = bind(name, rows);
    List<RexNode> links = new ArrayList<>();
    List<String> theirs = RowScope.joinColumns(snapshot, join, target);
    List<String> mine = RowScope.joinColumns(snapshot, join, parent);
    for (int i = 0; i < mine.size(); i++) {
      links.add(
          rex.makeCall(
              SqlStdOperatorTable.EQUALS,
              rex.makeInputRef(rows.rel(), rows.field(List.of(), theirs.get(i))),
              scopes.get(variable).field(rex, from.rows.field(parents, mine.get(i)))));
    }
    return new Child(rows, correlation, links, outside);
  }

  private void leave(Child child, String name) {
    scopes.remove(name);
    scopes.putAll(child.outside);
  }
}
