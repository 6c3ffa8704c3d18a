package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Functions as PostgreSQL and SQL Server write them, as the standard's own. They mean here what
 * they mean there; what cannot be meant the same is refused with the way that works.
 */
final class Habits extends SqlShuttle {
  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall same && same.getOperator() instanceof SqlFunction
        ? rewritten(same)
        : visited;
  }

  private static SqlNode rewritten(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    OtherWays.of(name)
        .ifPresent(
            way -> {
              throw Failure.of(Code.OTHER_WAY, name, way);
            });
    return switch (call.operandCount()) {
      case 0 -> ofNothing(call, name);
      case 1 -> ofOne(call, name);
      case 2 -> ofTwo(call, name);
      case 3 -> ofThree(call, name);
      default -> name.equals("CONCAT") ? concatenated(call) : call;
    };
  }

  private static SqlNode ofNothing(SqlCall call, String name) {
    return switch (name) {
      case "NOW", "GETDATE", "SYSDATETIME" ->
          SqlStdOperatorTable.LOCALTIMESTAMP.createCall(call.getParserPosition());
      case "TODAY" -> SqlStdOperatorTable.CURRENT_DATE.createCall(call.getParserPosition());
      default -> call;
    };
  }

  private static SqlNode ofOne(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    return switch (name) {
      // SQL Server's own does not count spaces at the end.
      case "LEN" -> SqlStdOperatorTable.CHAR_LENGTH.createCall(place, trimmed(call.operand(0)));
      case "DAY" -> extracted(place, TimeUnit.DAY, call.operand(0));
      case "EOMONTH" -> SqlStdOperatorTable.LAST_DAY.createCall(place, call.getOperandList());
      case "TRUNC" -> SqlStdOperatorTable.TRUNCATE.createCall(place, call.getOperandList());
      case "CONCAT" -> concatenated(call);
      default -> call;
    };
  }

  private static SqlNode ofTwo(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> both = call.getOperandList();
    return switch (name) {
      case "ISNULL", "NVL", "IFNULL" -> SqlStdOperatorTable.COALESCE.createCall(place, both);
      case "SUBSTR" -> SqlStdOperatorTable.SUBSTRING.createCall(place, both);
      case "TRUNC" -> SqlStdOperatorTable.TRUNCATE.createCall(place, both);
      case "CHARINDEX" -> SqlStdOperatorTable.POSITION.createCall(place, both);
      case "CONCAT" -> concatenated(call);
      case "REGEXP_LIKE", "REGEXP_MATCHES" ->
          SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE.createCall(place, both);
      case "DATE_TRUNC", "DATETRUNC" -> truncated(place, both.get(1), unit(name, both.get(0)));
      case "DATE_PART", "DATEPART" -> extracted(place, partUnit(name, both.get(0)), both.get(1));
      default -> call;
    };
  }

  private static SqlNode ofThree(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    return switch (name) {
      case "SUBSTR" -> SqlStdOperatorTable.SUBSTRING.createCall(place, operands);
      case "CONCAT" -> concatenated(call);
      case "IIF", "IF" ->
          new SqlCase(
              place,
              null,
              SqlNodeList.of(operands.get(0)),
              SqlNodeList.of(operands.get(1)),
              operands.get(2));
      case "DATEADD" -> SqlStdOperatorTable.TIMESTAMP_ADD.createCall(place, operands);
      case "DATEDIFF" -> crossed(place, operands);
      default -> call;
    };
  }

  /** As SQL Server counts: how many beginnings of a unit lie between two moments. */
  private static SqlNode crossed(SqlParserPos place, List<SqlNode> operands) {
    SqlIntervalQualifier unit = (SqlIntervalQualifier) operands.get(0);
    return SqlStdOperatorTable.TIMESTAMP_DIFF.createCall(
        place,
        unit,
        SqlStdOperatorTable.FLOOR.createCall(place, operands.get(1), unit),
        SqlStdOperatorTable.FLOOR.createCall(place, operands.get(2), unit));
  }

  private static SqlNode trimmed(SqlNode text) {
    SqlParserPos place = text.getParserPosition();
    return SqlStdOperatorTable.TRIM.createCall(
        place,
        SqlTrimFunction.Flag.TRAILING.symbol(place),
        SqlLiteral.createCharString(" ", place),
        text);
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

  private static SqlNode extracted(SqlParserPos place, TimeUnit unit, SqlNode moment) {
    return SqlStdOperatorTable.EXTRACT.createCall(
        place, new SqlIntervalQualifier(unit, null, place), moment);
  }

  /** Weeks of DATE_TRUNC begin on Monday, those of FLOOR on Sunday. */
  private static SqlNode truncated(SqlParserPos place, SqlNode moment, TimeUnit unit) {
    SqlIntervalQualifier to = new SqlIntervalQualifier(unit, null, place);
    if (unit != TimeUnit.WEEK) {
      return SqlStdOperatorTable.FLOOR.createCall(place, moment, to);
    }
    SqlNode day =
        SqlLiteral.createInterval(
            1, "1", new SqlIntervalQualifier(TimeUnit.DAY, null, place), place);
    SqlNode before = SqlStdOperatorTable.MINUS.createCall(place, moment, day);
    return SqlStdOperatorTable.PLUS.createCall(
        place, SqlStdOperatorTable.FLOOR.createCall(place, before, to), day);
  }

  /** A unit as a text or as a bare word. */
  private static TimeUnit unit(String function, SqlNode node) {
    String word = word(node);
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "year", "yy", "yyyy" -> TimeUnit.YEAR;
      case "quarter", "qq" -> TimeUnit.QUARTER;
      case "month", "mm" -> TimeUnit.MONTH;
      case "week", "isoweek", "iso_week" -> TimeUnit.WEEK;
      case "day", "dd" -> TimeUnit.DAY;
      case "hour", "hh" -> TimeUnit.HOUR;
      case "minute", "mi" -> TimeUnit.MINUTE;
      case "second", "ss" -> TimeUnit.SECOND;
      case "isodow" -> TimeUnit.ISODOW;
      case "isoyear" -> TimeUnit.ISOYEAR;
      case "doy", "dayofyear" -> TimeUnit.DOY;
      default -> throw Failure.of(Code.OTHER_WAY, function + "(" + word + ")", OtherWays.UNITS);
    };
  }

  private static String word(SqlNode node) {
    if (node instanceof SqlIntervalQualifier unit) {
      return unit.timeFrameName == null ? unit.getStartUnit().name() : unit.timeFrameName;
    }
    if (node instanceof SqlIdentifier name) {
      return name.toString();
    }
    return node instanceof SqlLiteral literal ? String.valueOf(literal.toValue()) : "";
  }

  /** SQL Server's plain week is another than PostgreSQL's. */
  private static TimeUnit partUnit(String function, SqlNode node) {
    if (function.equals("DATEPART") && word(node).equalsIgnoreCase("week")) {
      throw Failure.of(Code.OTHER_WAY, "DATEPART(week)", "DATEPART(isoweek, x)");
    }
    return unit(function, node);
  }
}
