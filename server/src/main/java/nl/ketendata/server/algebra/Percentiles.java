package nl.ketendata.server.algebra;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * {@code PERCENTILE_CONT} lies between values, so it is a DOUBLE whatever it is taken of. Calcite
 * gives it the type of what it is ordered by; therefore that is cast.
 */
final class Percentiles extends SqlShuttle {
  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall same && isContinuous(same) ? overDoubles(same) : visited;
  }

  private static boolean isContinuous(SqlCall call) {
    return call.getKind() == SqlKind.WITHIN_GROUP
        && call.operand(0) instanceof SqlCall aggregate
        && aggregate.getOperator().getName().equalsIgnoreCase("PERCENTILE_CONT");
  }

  private static SqlNode overDoubles(SqlCall call) {
    SqlNodeList order = call.operand(1);
    List<SqlNode> casts = order.getList().stream().map(Percentiles::doubled).toList();
    SqlNodeList doubles = new SqlNodeList(casts, order.getParserPosition());
    return call.getOperator().createCall(call.getParserPosition(), call.operand(0), doubles);
  }

  private static SqlNode doubled(SqlNode by) {
    return within(by, each -> cast(each, SqlTypeName.DOUBLE));
  }

  /** What is sorted by, changed; how it is sorted stays. */
  static SqlNode within(SqlNode by, UnaryOperator<SqlNode> change) {
    if (by instanceof SqlCall call
        && (call.getKind() == SqlKind.DESCENDING
            || call.getKind() == SqlKind.NULLS_FIRST
            || call.getKind() == SqlKind.NULLS_LAST)) {
      return call.getOperator()
          .createCall(call.getParserPosition(), within(call.operand(0), change));
    }
    return change.apply(by);
  }

  static SqlNode cast(SqlNode node, SqlTypeName to) {
    SqlParserPos place = node.getParserPosition();
    SqlDataTypeSpec type = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(to, place), place);
    return SqlStdOperatorTable.CAST.createCall(place, node, type);
  }
}
