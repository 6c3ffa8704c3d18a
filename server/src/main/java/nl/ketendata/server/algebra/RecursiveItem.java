package nl.ketendata.server.algebra;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A common table that names itself, in the store's SQL. Of distinct rows each is kept with the
 * first step that it was found in: all columns but the last, the step, are the engine's key, and a
 * row that is found again in a later step changes nothing, so the next step does not see it.
 */
final class RecursiveItem extends SqlWithItem {
  private final boolean distinct;

  /**
   * @param columns the last of them is the step
   */
  RecursiveItem(SqlIdentifier name, SqlNodeList columns, SqlCall union, boolean distinct) {
    super(
        SqlParserPos.ZERO, name, columns, union, SqlLiteral.createBoolean(true, SqlParserPos.ZERO));
    this.distinct = distinct;
  }

  @Override
  public void unparse(SqlWriter writer, int left, int right) {
    name.unparse(writer, 0, 0);
    SqlWriter.Frame frame = writer.startList("(", ")");
    columns(writer, columnList.size());
    writer.endList(frame);
    if (distinct) {
      key(writer);
    }
    writer.keyword("AS");
    SqlWriter.Frame body = writer.startList("(", ")");
    query.unparse(writer, 0, 0);
    writer.endList(body);
  }

  private void columns(SqlWriter writer, int upTo) {
    for (SqlNode column : columnList.subList(0, upTo)) {
      writer.sep(",");
      column.unparse(writer, 0, 0);
    }
  }

  private void key(SqlWriter writer) {
    int last = columnList.size() - 1;
    writer.keyword("USING KEY");
    SqlWriter.Frame frame = writer.startList("(", ")");
    columns(writer, last);
    writer.sep(",");
    SqlWriter.Frame least = writer.startFunCall("min");
    columnList.get(last).unparse(writer, 0, 0);
    writer.endFunCall(least);
    writer.endList(frame);
  }
}
