package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Functions as PostgreSQL and SQL Server write them, as the standard's own. They mean here what
 * they mean there; what cannot be meant the same is refused with the way that works.
 */
final class Habits extends SqlShuttle {
  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select) {
      return limited(select);
    }
    if (visited instanceof SqlWithItem item && item.recursive.booleanValue()) {
      return RecursionHabits.unbounded(item);
    }
    if (visited instanceof SqlOrderBy ordered) {
      return limited(ordered);
    }
    if (!(visited instanceof SqlCall same)) {
      return visited;
    }
    return same.getOperator() instanceof SqlFunction
        ? rewritten(same)
        : AggregateHabits.around(same);
  }

  private static SqlNode rewritten(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    OtherWays.of(name)
        .ifPresent(
            way -> {
              throw Failure.of(Code.OTHER_WAY, name, way);
            });
    return Stream.of(
            MomentHabits.of(call, name),
            TextHabits.of(call, name),
            AggregateHabits.of(call, name),
            choice(call, name))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(call);
  }

  private static Optional<SqlNode> choice(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    return switch (name + operands.size()) {
      case "ISNULL2", "NVL2", "IFNULL2" -> call(SqlStdOperatorTable.COALESCE, call);
      case "TRUNC1", "TRUNC2" -> call(SqlStdOperatorTable.TRUNCATE, call);
      case "IIF3", "IF3" ->
          Optional.of(choice(place, operands.get(0), operands.get(1), operands.get(2)));
      case "NVL23" ->
          Optional.of(
              choice(
                  place,
                  SqlStdOperatorTable.IS_NOT_NULL.createCall(place, operands.get(0)),
                  operands.get(1),
                  operands.get(2)));
      default -> Optional.empty();
    };
  }

  static SqlNode choice(SqlParserPos place, SqlNode condition, SqlNode then, SqlNode otherwise) {
    return new SqlCase(place, null, SqlNodeList.of(condition), SqlNodeList.of(then), otherwise);
  }

  /** The same operands under another operator. */
  static Optional<SqlNode> call(SqlOperator operator, SqlCall like) {
    return Optional.of(operator.createCall(like.getParserPosition(), like.getOperandList()));
  }

  /** {@code SELECT TOP 5}, which {@link Spelling} wrote as a hint. */
  private static SqlNode limited(SqlSelect select) {
    return top(select).map(rows -> only(select, rows)).orElse(select);
  }

  private static SqlNode only(SqlSelect select, SqlNode rows) {
    select.setHints(null);
    select.setFetch(rows);
    return select;
  }

  private static SqlNode limited(SqlOrderBy ordered) {
    if (!(ordered.query instanceof SqlSelect select) || select.getFetch() == null) {
      return ordered;
    }
    if (ordered.fetch != null || ordered.offset != null) {
      throw Failure.of(
          Code.OTHER_WAY, "TOP … OFFSET/LIMIT", "OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY");
    }
    SqlNode rows = select.getFetch();
    select.setFetch(null);
    return new SqlOrderBy(ordered.getParserPosition(), select, ordered.orderList, null, rows);
  }

  private static Optional<SqlNode> top(SqlSelect select) {
    if (!select.hasHints()) {
      return Optional.empty();
    }
    return select.getHints().stream()
        .map(SqlHint.class::cast)
        .filter(hint -> hint.getName().equals(Spelling.TOP))
        .map(hint -> hint.getOptionList().get(0))
        .<SqlNode>map(rows -> SqlLiteral.createExactNumeric(rows, select.getParserPosition()))
        .findFirst();
  }
}
