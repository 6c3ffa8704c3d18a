package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** An aggregate over rows that keeps only groups, and values in them, of enough people. */
final class LargeGroups {
  private static final Set<SqlKind> TOTALS =
      Set.of(
          SqlKind.COUNT,
          SqlKind.SUM,
          SqlKind.SUM0,
          SqlKind.AVG,
          SqlKind.STDDEV_POP,
          SqlKind.STDDEV_SAMP,
          SqlKind.VAR_POP,
          SqlKind.VAR_SAMP,
          SqlKind.GROUPING,
          SqlKind.GROUP_ID);

  private static final Set<SqlKind> ADDED = Set.of(SqlKind.SUM, SqlKind.SUM0, SqlKind.AVG);

  /** Digits of the number of rows that are added. */
  private static final int ROWS_DIGITS = 10;

  private final RexBuilder rex;
  private final RexNode smallest;
  private final RexNode nobody;

  LargeGroups(RexBuilder rex, int smallest) {
    this.rex = rex;
    this.smallest = rex.makeBigintLiteral(BigDecimal.valueOf(smallest));
    this.nobody = rex.makeBigintLiteral(BigDecimal.ZERO);
  }

  /**
   * @param rows what is aggregated; its last columns say whose each row is
   * @throws Failure KD613 when a function gives the values of single rows
   */
  RelNode of(Aggregate aggregate, SmallGroups.Part rows) {
    aggregate.getAggCallList().forEach(call -> refuseValues(call, rows.rel()));
    RelNode input = contributing(aggregate, rows);
    List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList());
    for (int i = rows.width(); i < input.getRowType().getFieldCount(); i++) {
      calls.add(people(aggregate, input, i));
    }
    RelNode counted =
        LogicalAggregate.create(
            input, List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
    int own = aggregate.getRowType().getFieldCount();
    RelNode kept = LogicalFilter.create(counted, large(counted, own, own + rows.tables()));
    return shown(aggregate, kept, rows.tables());
  }

  /** A text that is the least or the greatest is one person's. */
  private static void refuseValues(AggregateCall call, RelNode input) {
    SqlKind kind = call.getAggregation().getKind();
    boolean extreme = kind == SqlKind.MIN || kind == SqlKind.MAX;
    boolean number =
        extreme
            && !SqlTypeUtil.inCharFamily(
                input.getRowType().getFieldList().get(call.getArgList().get(0)).getType());
    if (!TOTALS.contains(kind) && !number) {
      throw Failure.of(Code.GROUP_FUNCTION, call.getAggregation().getName());
    }
  }

  /** The rows with, per call, whose rows really are in its value: not those that it passes over. */
  private RelNode contributing(Aggregate aggregate, SmallGroups.Part rows) {
    List<RexNode> nodes = new ArrayList<>(rows.own(rex));
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (ADDED.contains(call.getAggregation().getKind())) {
        call.getArgList().forEach(argument -> nodes.set(argument, addable(nodes.get(argument))));
      }
    }
    List<RexNode> who = rows.who(rex);
    nodes.addAll(who);
    for (AggregateCall call : aggregate.getAggCallList()) {
      RexNode in = counted(call, rows.rel());
      for (RexNode each : who) {
        nodes.add(in.isAlwaysTrue() ? each : when(in, each));
      }
    }
    List<String> names = new ArrayList<>(rows.rel().getRowType().getFieldNames());
    for (int i = names.size(); i < nodes.size(); i++) {
      names.add(SmallGroups.WHO + i);
    }
    return LogicalProject.create(rows.rel(), List.of(), nodes, names, Set.of());
  }

  /** So small that no number of rows makes a total that the engine cannot hold, or else null. */
  private RexNode addable(RexNode value) {
    RelDataType type = value.getType();
    int room = Types.MAX_DECIMAL - ROWS_DIGITS;
    if (type.getSqlTypeName() != SqlTypeName.DECIMAL || type.getPrecision() <= room) {
      return value;
    }
    int digits = room - type.getScale();
    RexNode most =
        rex.makeExactLiteral(
            BigDecimal.ONE.scaleByPowerOfTen(digits).setScale(Math.max(0, -digits)));
    RexNode small =
        rex.makeCall(
            SqlStdOperatorTable.AND,
            call(SqlStdOperatorTable.LESS_THAN, value, most),
            call(
                SqlStdOperatorTable.GREATER_THAN,
                value,
                rex.makeCall(SqlStdOperatorTable.UNARY_MINUS, most)));
    return rex.makeCall(
        type, SqlStdOperatorTable.CASE, List.of(small, value, rex.makeNullLiteral(type)));
  }

  /** Whether a row is in the value of a call. */
  private RexNode counted(AggregateCall call, RelNode input) {
    List<RexNode> conditions = new ArrayList<>();
    for (int argument : call.getArgList()) {
      // Whatever its type tells: what would have failed is null.
      RexNode value = rex.makeInputRef(input, argument);
      conditions.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value));
    }
    if (call.filterArg >= 0) {
      conditions.add(
          rex.makeCall(SqlStdOperatorTable.IS_TRUE, rex.makeInputRef(input, call.filterArg)));
    }
    return RexUtil.composeConjunction(rex, conditions);
  }

  private RexNode when(RexNode condition, RexNode value) {
    return rex.makeCall(
        SqlStdOperatorTable.CASE, condition, value, rex.makeNullLiteral(value.getType()));
  }

  private AggregateCall people(Aggregate aggregate, RelNode input, int column) {
    return AggregateCall.create(
        SqlStdOperatorTable.COUNT,
        true,
        false,
        false,
        List.of(),
        List.of(column),
        -1,
        null,
        RelCollations.EMPTY,
        rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
        SmallGroups.WHO + column);
  }

  /**
   * Of each table as many people as allowed. None is well too, since an outer join may find none;
   * but not none of all.
   */
  private RexNode large(RelNode counted, int from, int to) {
    List<RexNode> each = new ArrayList<>();
    List<RexNode> any = new ArrayList<>();
    for (int i = from; i < to; i++) {
      RexNode people = rex.makeInputRef(counted, i);
      RexNode enough = call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, people, smallest);
      RexNode none = call(SqlStdOperatorTable.EQUALS, people, nobody);
      each.add(to - from == 1 ? enough : call(SqlStdOperatorTable.OR, enough, none));
      any.add(enough);
    }
    return RexUtil.composeConjunction(
        rex, List.of(RexUtil.composeConjunction(rex, each), RexUtil.composeDisjunction(rex, any)));
  }

  /** The aggregate's own columns, without the values that are of too few people. */
  private RelNode shown(Aggregate aggregate, RelNode kept, int tables) {
    int groups = aggregate.getGroupCount();
    int own = aggregate.getRowType().getFieldCount();
    List<RexNode> nodes = new ArrayList<>();
    for (int i = 0; i < own; i++) {
      RexNode value = rex.makeInputRef(kept, i);
      if (i < groups || isGrouping(aggregate.getAggCallList().get(i - groups))) {
        nodes.add(value);
        continue;
      }
      int from = own + tables + (i - groups) * tables;
      nodes.add(whenLarge(kept, value, from, from + tables));
    }
    return LogicalProject.create(
        kept, List.of(), nodes, aggregate.getRowType().getFieldNames(), Set.of());
  }

  private static boolean isGrouping(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
  }

  /** Of nobody is no secret: a count of none is 0. */
  private RexNode whenLarge(RelNode kept, RexNode value, int from, int to) {
    List<RexNode> conditions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      RexNode people = rex.makeInputRef(kept, i);
      conditions.add(
          call(
              SqlStdOperatorTable.OR,
              call(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, people, smallest),
              call(SqlStdOperatorTable.EQUALS, people, nobody)));
    }
    RexNode shown = when(RexUtil.composeConjunction(rex, conditions), value);
    return rex.makeCast(value.getType(), shown, true, false);
  }

  private RexNode call(SqlOperator operator, RexNode left, RexNode right) {
    return rex.makeCall(operator, left, right);
  }
}
