package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions on texts that have another name, or their operands in another order, elsewhere. */
final class TextHabits {
  private TextHabits() {}

  static Optional<SqlNode> of(SqlCall call, String name) {
    if (name.equals("CONCAT") && call.operandCount() > 0) {
      return Optional.of(concatenated(call));
    }
    List<SqlNode> of = call.getOperandList();
    SqlParserPos place = call.getParserPosition();
    return switch (name + of.size()) {
      // SQL Server's own does not count spaces at the end.
      case "LEN1" ->
          Optional.of(
              SqlStdOperatorTable.CHAR_LENGTH.createCall(
                  place, trimmed(of.get(0), SqlTrimFunction.Flag.TRAILING, blank(place))));
      case "BTRIM1" -> Optional.of(trimmed(of.get(0), SqlTrimFunction.Flag.BOTH, blank(place)));
      case "UCASE1" -> Habits.call(SqlStdOperatorTable.UPPER, call);
      case "LCASE1" -> Habits.call(SqlStdOperatorTable.LOWER, call);
      case "SUBSTR2", "SUBSTR3" -> Habits.call(SqlStdOperatorTable.SUBSTRING, call);
      case "CHARINDEX2", "LOCATE2" -> Habits.call(SqlStdOperatorTable.POSITION, call);
      case "STRPOS2", "INSTR2" ->
          Optional.of(SqlStdOperatorTable.POSITION.createCall(place, of.get(1), of.get(0)));
      case "STUFF4" ->
          Optional.of(
              SqlStdOperatorTable.OVERLAY.createCall(
                  place, of.get(0), of.get(3), of.get(1), of.get(2)));
      case "REGEXP_LIKE2", "REGEXP_MATCHES2" ->
          Habits.call(SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE, call);
      default -> Optional.empty();
    };
  }

  private static SqlNode blank(SqlParserPos place) {
    return SqlLiteral.createCharString(" ", place);
  }

  private static SqlNode trimmed(SqlNode text, SqlTrimFunction.Flag side, SqlNode what) {
    SqlParserPos place = text.getParserPosition();
    return SqlStdOperatorTable.TRIM.createCall(place, side.symbol(place), what, text);
  }

  /** A null is an empty text, and a number is written out. */
  private static SqlNode concatenated(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> texts = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      texts.add(
          SqlStdOperatorTable.COALESCE.createCall(
              place,
              Percentiles.cast(operand, SqlTypeName.VARCHAR),
              SqlLiteral.createCharString("", place)));
    }
    return texts.stream()
        .reduce((a, b) -> SqlStdOperatorTable.CONCAT.createCall(place, a, b))
        .orElse(call);
  }
}
