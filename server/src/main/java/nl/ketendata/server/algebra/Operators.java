package nl.ketendata.server.algebra;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * Functions of the store that no standard operator stands for. None of them can be named in SQL.
 */
final class Operators {
  /** Whole division, truncating. */
  static final SqlBinaryOperator WHOLE_DIVIDE =
      new SqlBinaryOperator(
          "//",
          SqlKind.OTHER,
          60,
          true,
          ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          InferTypes.FIRST_KNOWN,
          OperandTypes.VARIADIC);

  static final SqlFunction REGEXP_MATCHES =
      function("regexp_matches", ReturnTypes.BOOLEAN_NULLABLE);
  static final SqlFunction CONTAINS = function("contains", ReturnTypes.BOOLEAN_NULLABLE);
  static final SqlFunction STARTS_WITH = function("starts_with", ReturnTypes.BOOLEAN_NULLABLE);
  static final SqlFunction ENDS_WITH = function("suffix", ReturnTypes.BOOLEAN_NULLABLE);
  static final SqlFunction LENGTH = function("length", ReturnTypes.BIGINT_NULLABLE);
  static final SqlFunction STRPOS = function("strpos", ReturnTypes.BIGINT_NULLABLE);
  static final SqlFunction SUBSTRING = function("substring", varchar());
  static final SqlFunction MATCHES = function("regexp_matches", ReturnTypes.BOOLEAN_NULLABLE);

  /** Text of all arguments behind the first, which stands between them; null counts for nothing. */
  static final SqlFunction JOINED_TEXT =
      function("concat_ws", ReturnTypes.explicit(SqlTypeName.VARCHAR));

  static final SqlFunction FULL_MATCH = function("regexp_full_match", ReturnTypes.BOOLEAN_NULLABLE);
  static final SqlFunction REGEXP_REPLACE = function("regexp_replace", varchar());
  static final SqlFunction STRFTIME = function("strftime", varchar());
  static final SqlFunction STRPTIME = function("strptime", ReturnTypes.TIMESTAMP_NULLABLE);
  static final SqlFunction MAKE_DATE = function("make_date", ReturnTypes.DATE_NULLABLE);

  /** Its argument, with a type of which only Calcite must know. */
  static final SqlFunction SAME = function("_zelfde", ReturnTypes.ARG0);

  /** Its argument, or null where that would end the question. */
  static final SqlFunction TRY = function("try", ReturnTypes.ARG0_FORCE_NULLABLE);

  /** Ends a question with its argument as the reason. */
  static final SqlFunction ERROR = function("error", ReturnTypes.explicit(SqlTypeName.NULL));

  static final SqlFunction TRIM = function("trim", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction LEFT = function("left", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction GREATEST = function("greatest", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction LEAST = function("least", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction TRUNC = function("trunc", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction ROUND = function("round", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction DATE_TRUNC = function("date_trunc", ReturnTypes.ARG1_NULLABLE);
  static final SqlFunction DATE_DIFF = function("date_sub", ReturnTypes.BIGINT_NULLABLE);
  static final SqlFunction DATE_PART = function("date_part", ReturnTypes.BIGINT_NULLABLE);
  static final SqlFunction TIMEZONE = function("timezone", ReturnTypes.TIMESTAMP_NULLABLE);
  static final SqlFunction NOW = function("now", ReturnTypes.TIMESTAMP);

  /** A moment plus an interval of {@link #interval}. */
  static final SqlBinaryOperator PLUS_INTERVAL =
      new SqlBinaryOperator(
          "+", SqlKind.OTHER, 40, true, ReturnTypes.ARG0_NULLABLE, null, OperandTypes.VARIADIC);

  static final SqlFunction TO_MONTHS = function("to_months", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction TO_DAYS = function("to_days", ReturnTypes.ARG0_NULLABLE);
  private static final SqlFunction TO_HOURS = function("to_hours", ReturnTypes.ARG0_NULLABLE);
  private static final SqlFunction TO_MINUTES = function("to_minutes", ReturnTypes.ARG0_NULLABLE);
  private static final SqlFunction TO_SECONDS = function("to_seconds", ReturnTypes.ARG0_NULLABLE);

  static final SqlFunction TO_MICROSECONDS = function("to_microseconds", ReturnTypes.ARG0_NULLABLE);
  static final SqlFunction RPAD = function("rpad", ReturnTypes.ARG0_NULLABLE);

  private Operators() {}

  /**
   * The function that makes an interval of so many steps: months, days, hours, minutes or seconds.
   *
   * @throws Failure KD405 for a unit that no step stands for
   */
  static SqlFunction interval(TimeUnit unit) {
    return switch (unit) {
      case YEAR, QUARTER, MONTH -> TO_MONTHS;
      case WEEK, DAY -> TO_DAYS;
      case HOUR -> TO_HOURS;
      case MINUTE -> TO_MINUTES;
      case SECOND -> TO_SECONDS;
      default -> throw Failure.of(Code.NOT_SUPPORTED, unit.name());
    };
  }

  /** How many of the steps of {@link #interval} a unit is. */
  static int factor(TimeUnit unit) {
    return switch (unit) {
      case YEAR -> 12;
      case QUARTER -> 3;
      case WEEK -> 7;
      default -> 1;
    };
  }

  private static SqlReturnTypeInference varchar() {
    return ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);
  }

  private static SqlFunction function(String name, SqlReturnTypeInference type) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        type,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM);
  }
}
