package nl.ketendata.server.algebra;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Aggregates that have another name elsewhere, or another form around them. */
final class AggregateHabits {
  /** Those that leave nulls out, so that what a filter leaves out may be null. */
  private static final Set<String> WITHOUT_NULLS =
      Set.of(
          "SUM",
          "MIN",
          "MAX",
          "AVG",
          "COUNT",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP",
          "EVERY",
          "BOOL_AND",
          "BOOL_OR");

  private AggregateHabits() {}

  static Optional<SqlNode> of(SqlCall call, String name) {
    SqlParserPos place = call.getParserPosition();
    if (name.equals("COUNT") && call.operandCount() > 1) {
      throw Failure.of(
          Code.OTHER_WAY, "COUNT(DISTINCT a, b)", "SELECT COUNT(*) FROM (SELECT DISTINCT a, b …)");
    }
    if (call.operandCount() != 1) {
      return Optional.empty();
    }
    return switch (name) {
      case "MEDIAN" -> Optional.of(median(place, call.operand(0)));
      case "STDEV" -> Habits.call(SqlStdOperatorTable.STDDEV_SAMP, call);
      case "STDEVP" -> Habits.call(SqlStdOperatorTable.STDDEV_POP, call);
      case "VAR" -> Habits.call(SqlStdOperatorTable.VAR_SAMP, call);
      case "VARP" -> Habits.call(SqlStdOperatorTable.VAR_POP, call);
      case "COUNT_IF", "COUNTIF" ->
          Optional.of(
              SqlStdOperatorTable.COUNT.createCall(
                  place,
                  Habits.choice(
                      place,
                      call.operand(0),
                      SqlLiteral.createExactNumeric("1", place),
                      SqlLiteral.createNull(place))));
      default -> Optional.empty();
    };
  }

  private static SqlNode median(SqlParserPos place, SqlNode of) {
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(
        place,
        SqlStdOperatorTable.PERCENTILE_CONT.createCall(
            place, SqlLiteral.createExactNumeric("0.5", place)),
        SqlNodeList.of(of));
  }

  /** What stands around an aggregate. */
  static SqlNode around(SqlCall call) {
    return switch (call.getKind()) {
      case WITHIN_GROUP -> sorted(call);
      case OVER -> window(call);
      case FILTER -> filtered(call);
      default -> call;
    };
  }

  /** {@code STRING_AGG(x, s) WITHIN GROUP (ORDER BY k)} is SQL Server's LISTAGG. */
  private static SqlNode sorted(SqlCall call) {
    if (!(call.operand(0) instanceof SqlCall aggregate) || !isNamed(aggregate, "STRING_AGG")) {
      return call;
    }
    SqlNode list =
        SqlStdOperatorTable.LISTAGG.createCall(
            aggregate.getFunctionQuantifier(),
            aggregate.getParserPosition(),
            aggregate.getOperandList());
    return call.getOperator().createCall(call.getParserPosition(), list, call.operand(1));
  }

  /**
   * {@code PERCENTILE_CONT(f) WITHIN GROUP (ORDER BY x) FILTER (WHERE c)}: Calcite does not type
   * it, and a percentile leaves nulls out.
   */
  private static SqlNode filtered(SqlCall call) {
    if (!(call.operand(0) instanceof SqlCall sorted)
        || sorted.getKind() != SqlKind.WITHIN_GROUP
        || !(sorted.operand(0) instanceof SqlCall aggregate)
        || !aggregate.getOperator().getName().toUpperCase(Locale.ROOT).startsWith("PERCENTILE")) {
      return call;
    }
    SqlNodeList order = sorted.operand(1);
    SqlParserPos place = call.getParserPosition();
    SqlNodeList some = new SqlNodeList(order.getParserPosition());
    for (SqlNode by : order) {
      some.add(
          Percentiles.within(
              by,
              each -> Habits.choice(place, call.operand(1), each, SqlLiteral.createNull(place))));
    }
    return sorted.getOperator().createCall(place, aggregate, some);
  }

  private static boolean isNamed(SqlCall call, String name) {
    return call.getOperator().getName().equalsIgnoreCase(name);
  }

  /** {@code SUM(x) FILTER (WHERE c) OVER w} is {@code SUM(CASE WHEN c THEN x END) OVER w}. */
  private static SqlNode window(SqlCall call) {
    if (!(call.operand(0) instanceof SqlCall filter) || filter.getKind() != SqlKind.FILTER) {
      return call;
    }
    SqlCall aggregate = filter.operand(0);
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    if (!WITHOUT_NULLS.contains(name) || aggregate.operandCount() != 1) {
      throw Failure.of(
          Code.OTHER_WAY, name + " … FILTER … OVER", "SUM(CASE WHEN c THEN x END) OVER (…)");
    }
    SqlParserPos place = call.getParserPosition();
    SqlNode of = aggregate.operand(0);
    boolean rows = of instanceof SqlIdentifier star && star.isStar();
    SqlNode some =
        Habits.choice(
            place,
            filter.operand(1),
            rows ? SqlLiteral.createExactNumeric("1", place) : of,
            SqlLiteral.createNull(place));
    SqlNode kept =
        aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), place, some);
    return call.getOperator().createCall(place, kept, call.operand(1));
  }
}
