package nl.ketendata.server.algebra;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;

/** A tree as the store's SQL, with what Calcite's own writer leaves out. */
final class StoreSql extends RelToSqlConverter {
  private static final int JOIN_TYPE = 2;
  private static final int CONDITION_TYPE = 4;
  private static final int CONDITION = 5;

  /** A node of the tree is some lines of code for Calcite, and some for us. */
  private static final int NODE = 1_500;

  private final Effort effort;

  StoreSql(Effort effort) {
    super(StoreDialect.INSTANCE);
    this.effort = effort;
  }

  @Override
  protected Result dispatch(RelNode node) {
    effort.spend(NODE);
    Result result = super.dispatch(node);
    if (node instanceof Correlate correlate
        && result.asSelect().getFrom() instanceof SqlJoin join) {
      lateral(join, correlate.getJoinType() == JoinRelType.LEFT);
    }
    return result;
  }

  /** A comma would bind less than a join that follows, and would lose the rows without match. */
  private static void lateral(SqlJoin join, boolean left) {
    JoinType type = left ? JoinType.LEFT : JoinType.INNER;
    join.setOperand(JOIN_TYPE, type.symbol(POS));
    join.setOperand(CONDITION_TYPE, JoinConditionType.ON.symbol(POS));
    join.setOperand(CONDITION, SqlLiteral.createBoolean(true, POS));
  }
}
