package nl.ketendata.server.algebra;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The first rows of a recursion say what its columns are. A text that is written out has its own
 * length as its type, and what grows with each step would be cut to that; so it is cast.
 */
final class RecursionHabits {
  private RecursionHabits() {}

  static SqlNode unbounded(SqlWithItem item) {
    if (item.query.isA(SqlKind.SET_QUERY) && item.query instanceof SqlCall union) {
      union.setOperand(0, rows(union.operand(0)));
    }
    return item;
  }

  private static SqlNode rows(SqlNode first) {
    if (first instanceof SqlSelect select) {
      select.setSelectList(all(select.getSelectList()));
      return select;
    }
    boolean rows = first.getKind() == SqlKind.VALUES || first.getKind() == SqlKind.ROW;
    if (first instanceof SqlCall call && rows) {
      for (int i = 0; i < call.operandCount(); i++) {
        SqlNode operand = call.operand(i);
        call.setOperand(i, operand.getKind() == SqlKind.ROW ? rows(operand) : text(operand));
      }
    }
    return first;
  }

  private static SqlNodeList all(SqlNodeList items) {
    SqlNodeList all = new SqlNodeList(items.getParserPosition());
    items.forEach(item -> all.add(text(item)));
    return all;
  }

  private static SqlNode text(SqlNode item) {
    if (item.getKind() == SqlKind.AS && item instanceof SqlCall named) {
      named.setOperand(0, text(named.operand(0)));
      return named;
    }
    boolean literal =
        item instanceof SqlLiteral written && written.getTypeName() == SqlTypeName.CHAR;
    boolean joined = item instanceof SqlCall call && call.getOperator().getName().equals("||");
    return literal || joined ? Percentiles.cast(item, SqlTypeName.VARCHAR) : item;
  }
}
