package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** A tree as the store's SQL, with what Calcite's own writer leaves out. */
final class StoreSql extends RelToSqlConverter {
  private static final int JOIN_TYPE = 2;
  private static final int CONDITION_TYPE = 4;
  private static final int CONDITION = 5;

  /** A node of the tree is some lines of code for Calcite, and some for us. */
  private static final int NODE = 1_500;

  private final Effort effort;
  private final Set<RelNode> apart = Collections.newSetFromMap(new IdentityHashMap<>());
  private int named;

  StoreSql(Effort effort) {
    super(StoreDialect.INSTANCE);
    this.effort = effort;
  }

  @Override
  protected Result dispatch(RelNode node) {
    effort.spend(NODE);
    if (node instanceof RepeatUnion recursion) {
      return recursion(recursion);
    }
    if (looksAtRowsOfSelect(node)) {
      apart.add(node.getInput(0));
    }
    Result result = super.dispatch(node);
    if (apart.contains(node)) {
      return apart(node, result);
    }
    if (node instanceof Aggregate aggregate) {
      constants(aggregate, result.asSelect());
    }
    if (node instanceof Correlate correlate
        && result.asSelect().getFrom() instanceof SqlJoin join) {
      lateral(join, correlate.getJoinType() == JoinRelType.LEFT);
    }
    return result;
  }

  /**
   * A sub-query that looks at a row names the select that the row comes from. Two projections would
   * be written as one select, which does not have the columns of the lower one; so the lower one
   * gets a name of its own.
   */
  private Result apart(RelNode node, Result result) {
    RelDataType row = node.getRowType();
    String alias = "_rij" + ++named;
    SqlNode from = result.resetAlias(alias, row).asFrom();
    return result(from, List.of(Clause.FROM), alias, row, Map.of(alias, row));
  }

  private static boolean looksAtRowsOfSelect(RelNode node) {
    return node instanceof Project
        && !node.getVariablesSet().isEmpty()
        && (node.getInput(0) instanceof Project || node.getInput(0) instanceof Sort);
  }

  /** {@code (WITH RECURSIVE r (…) AS (first UNION ALL next) SELECT * FROM r) AS _alle (…)}. */
  private Result recursion(RepeatUnion recursion) {
    RecursiveTable table = recursion.getTransientTable().unwrap(RecursiveTable.class);
    SqlNode first = dispatch(recursion.getSeedRel()).asStatement();
    SqlNode next = dispatch(recursion.getIterativeRel()).asStatement();
    SqlSetOperator union =
        recursion.all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
    SqlIdentifier name = new SqlIdentifier(table.name(), POS);
    SqlNodeList columns =
        SqlNodeList.of(
            POS,
            table.row().getFieldNames().stream()
                .map(each -> (SqlNode) new SqlIdentifier(each, POS))
                .toList());
    SqlNode item =
        new RecursiveItem(name, columns, union.createCall(POS, first, next), !recursion.all);
    SqlNode with = new SqlWith(POS, SqlNodeList.of(item), all(name));
    List<SqlNode> from = new ArrayList<>(List.of(with, new SqlIdentifier("_alle", POS)));
    recursion.getRowType().getFieldNames().forEach(each -> from.add(new SqlIdentifier(each, POS)));
    return result(
        SqlStdOperatorTable.AS.createCall(POS, from), List.of(Clause.FROM), recursion, null);
  }

  private static SqlSelect all(SqlNode from) {
    return new SqlSelect(
        POS,
        null,
        SqlNodeList.SINGLETON_STAR,
        from,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * What stands between the texts of a list, and the fraction of a percentile, must be constants
   * for the engine, also when they are columns of what is below.
   */
  private static void constants(Aggregate aggregate, SqlSelect select) {
    List<AggregateCall> calls = aggregate.getAggCallList();
    for (int i = 0; i < calls.size(); i++) {
      AggregateCall call = calls.get(i);
      if (call.getAggregation().isPercentile()
          && aggregate.getInput() instanceof Project project
          && project.getProjects().get(call.getArgList().get(0)) instanceof RexLiteral fraction) {
        String digits = fraction.getValueAs(BigDecimal.class).toPlainString();
        SqlNode column = select.getSelectList().get(aggregate.getGroupCount() + i);
        list(column).setOperand(0, SqlLiteral.createExactNumeric(digits, POS));
      }
      if (call.getAggregation().getKind() == SqlKind.LISTAGG && call.getArgList().size() == 2) {
        String between = constant(aggregate.getInput(), call.getArgList().get(1));
        SqlNode column = select.getSelectList().get(aggregate.getGroupCount() + i);
        list(column).setOperand(1, SqlLiteral.createCharString(between, POS));
      }
    }
  }

  private static String constant(RelNode input, int column) {
    if (input instanceof Project project
        && project.getProjects().get(column) instanceof RexLiteral literal
        && !literal.isNull()) {
      return literal.getValueAs(String.class);
    }
    throw Failure.of(Code.OTHER_WAY, "STRING_AGG(x, kolom)", "STRING_AGG(x, ',')");
  }

  /** The list within what stands around it: a name, an order, a filter. */
  private static SqlCall list(SqlNode column) {
    SqlCall call = (SqlCall) column;
    return switch (call.getKind()) {
      case AS, WITHIN_GROUP, FILTER -> list(call.operand(0));
      default -> call;
    };
  }

  /** A comma would bind less than a join that follows, and would lose the rows without match. */
  private static void lateral(SqlJoin join, boolean left) {
    JoinType type = left ? JoinType.LEFT : JoinType.INNER;
    join.setOperand(JOIN_TYPE, type.symbol(POS));
    join.setOperand(CONDITION_TYPE, JoinConditionType.ON.symbol(POS));
    join.setOperand(CONDITION, SqlLiteral.createBoolean(true, POS));
  }
}
