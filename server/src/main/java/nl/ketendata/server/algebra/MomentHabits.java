package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions on dates and times as PostgreSQL and SQL Server have them. */
final class MomentHabits {
  private static final int DATE_LETTERS = 10;

  private MomentHabits() {}

  static Optional<SqlNode> of(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    List<SqlNode> of = call.getOperandList();
    return switch (name + of.size()) {
      case "NOW0", "GETDATE0", "SYSDATETIME0" ->
          Habits.call(SqlStdOperatorTable.LOCALTIMESTAMP, call);
      case "TODAY0", "CURDATE0" -> Habits.call(SqlStdOperatorTable.CURRENT_DATE, call);
      case "DAY1", "DAYOFMONTH1" -> Optional.of(extracted(place, TimeUnit.DAY, of.get(0)));
      case "DATE1" -> Optional.of(Percentiles.cast(of.get(0), SqlTypeName.DATE));
      case "EOMONTH1" -> Habits.call(SqlStdOperatorTable.LAST_DAY, call);
      case "EOMONTH2" ->
          Optional.of(
              SqlStdOperatorTable.LAST_DAY.createCall(
                  place, added(place, TimeUnit.MONTH, of.get(1), of.get(0))));
      case "DATEFROMPARTS3" -> Habits.call(Functions.MAKE_DATE, call);
      case "DATE_TRUNC2", "DATETRUNC2" ->
          Optional.of(truncated(place, of.get(1), unit(name, of.get(0))));
      case "DATE_PART2", "DATEPART2" -> Optional.of(part(place, name, of.get(0), of.get(1)));
      case "DATEADD3" ->
          Optional.of(added(place, unit(name, of.get(0)), of.get(1), moment(of.get(2))));
      case "DATEDIFF3" -> Optional.of(crossed(place, unit(name, of.get(0)), of));
      case "CONVERT2", "CONVERT3" ->
          Optional.of(OdbcTypes.cast(of).orElseGet(() -> converted(call, of)));
      default -> Optional.empty();
    };
  }

  /** What SQL Server writes as a text is meant as a moment. */
  private static SqlNode moment(SqlNode node) {
    if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
      boolean date = String.valueOf(literal.toValue()).length() <= DATE_LETTERS;
      return Percentiles.cast(node, date ? SqlTypeName.DATE : SqlTypeName.TIMESTAMP);
    }
    return node;
  }

  private static SqlNode added(SqlParserPos place, TimeUnit unit, SqlNode count, SqlNode moment) {
    return SqlStdOperatorTable.TIMESTAMP_ADD.createCall(
        place, new SqlIntervalQualifier(unit, null, place), count, moment);
  }

  /** As SQL Server counts: how many beginnings of a unit lie between two moments. */
  private static SqlNode crossed(SqlParserPos place, TimeUnit unit, List<SqlNode> of) {
    SqlIntervalQualifier by = new SqlIntervalQualifier(unit, null, place);
    return SqlStdOperatorTable.TIMESTAMP_DIFF.createCall(
        place,
        by,
        SqlStdOperatorTable.FLOOR.createCall(place, moment(of.get(1)), by),
        SqlStdOperatorTable.FLOOR.createCall(place, moment(of.get(2)), by));
  }

  /** {@code CONVERT(type, x)}; a style is a number that says how a moment is written. */
  private static SqlNode converted(SqlCall call, List<SqlNode> of) {
    boolean styled = of.size() > 2 && !SqlUtil.isNullLiteral(of.get(2), false);
    if (!(of.get(0) instanceof SqlDataTypeSpec) || styled) {
      throw Failure.of(Code.OTHER_WAY, "CONVERT", "CAST(x AS DATE), TO_CHAR(x, 'YYYY-MM-DD')");
    }
    return SqlStdOperatorTable.CAST.createCall(call.getParserPosition(), of.get(1), of.get(0));
  }

  private static SqlNode extracted(SqlParserPos place, TimeUnit unit, SqlNode moment) {
    return SqlStdOperatorTable.EXTRACT.createCall(
        place, new SqlIntervalQualifier(unit, null, place), moment);
  }

  /** PostgreSQL's Sunday is day 0. SQL Server's week and day of the week depend on settings. */
  private static SqlNode part(SqlParserPos place, String function, SqlNode part, SqlNode moment) {
    String word = word(part).toLowerCase(Locale.ROOT);
    boolean postgres = function.equals("DATE_PART");
    if (postgres && word.equals("dow")) {
      return SqlStdOperatorTable.MINUS.createCall(
          place, extracted(place, TimeUnit.DOW, moment), SqlLiteral.createExactNumeric("1", place));
    }
    if (!postgres && (word.equals("week") || word.equals("wk") || word.equals("ww"))) {
      throw Failure.of(Code.OTHER_WAY, "DATEPART(week)", "DATEPART(isoweek, x)");
    }
    return extracted(place, unit(function, part), moment);
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
      case "quarter", "qq", "q" -> TimeUnit.QUARTER;
      case "month", "mm", "m" -> TimeUnit.MONTH;
      case "week", "isoweek", "iso_week", "isowk", "wk", "ww" -> TimeUnit.WEEK;
      case "day", "dd", "d" -> TimeUnit.DAY;
      case "hour", "hh" -> TimeUnit.HOUR;
      case "minute", "mi", "n" -> TimeUnit.MINUTE;
      case "second", "ss", "s" -> TimeUnit.SECOND;
      case "isodow" -> TimeUnit.ISODOW;
      case "isoyear" -> TimeUnit.ISOYEAR;
      case "doy", "dayofyear", "dy" -> TimeUnit.DOY;
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
}
