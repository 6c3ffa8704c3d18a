package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/**
 * The operators that can be named in SQL: the standard's and PostgreSQL's, and in their place our
 * own where those of Calcite lack a form. What of them may be used is decided by {@link Language}.
 */
final class Functions {
  /** Numbers; a date and a number of days; texts, as SQL Server writes what is {@code ||}. */
  static final SqlBinaryOperator PLUS =
      operator(
          "+",
          SqlKind.PLUS,
          sum(ReturnTypes.NULLABLE_SUM),
          new ByTypes(
              (a, b) -> isDays(a, b) || isDays(b, a) || areTexts(a, b),
              OperandTypes.PLUS_OPERATOR));

  /** Numbers; a date and a number of days; two dates, which gives the number of days. */
  static final SqlBinaryOperator MINUS =
      operator(
          "-",
          SqlKind.MINUS,
          difference(ReturnTypes.NULLABLE_SUM),
          new ByTypes((a, b) -> isDays(a, b) || areDates(a, b), OperandTypes.MINUS_OPERATOR));

  static final SqlFunction TO_CHAR = moment("TO_CHAR", text());
  static final SqlFunction FORMAT = moment("FORMAT", text());
  static final SqlFunction TO_DATE = read("TO_DATE", ReturnTypes.DATE_NULLABLE);
  static final SqlFunction TO_TIMESTAMP = read("TO_TIMESTAMP", ReturnTypes.TIMESTAMP_NULLABLE);
  static final SqlFunction MAKE_DATE =
      function(
          "MAKE_DATE",
          ReturnTypes.DATE_NULLABLE,
          OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER));

  static final SqlOperatorTable TABLE = new Table();

  private Functions() {}

  private static SqlReturnTypeInference text() {
    return ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);
  }

  private static SqlFunction moment(String name, SqlReturnTypeInference type) {
    return function(
        name, type, OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER));
  }

  private static SqlFunction read(String name, SqlReturnTypeInference type) {
    return function(
        name, type, OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));
  }

  private static SqlFunction function(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return new SqlFunction(
        name, SqlKind.OTHER_FUNCTION, type, null, operands, SqlFunctionCategory.SYSTEM);
  }

  private static SqlBinaryOperator operator(
      String name, SqlKind kind, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    int precedence = 40;
    return new SqlBinaryOperator(
        name, kind, precedence, true, type, InferTypes.FIRST_KNOWN, operands);
  }

  private static SqlReturnTypeInference sum(SqlReturnTypeInference numbers) {
    return binding -> {
      if (areTexts(binding.getOperandType(0), binding.getOperandType(1))) {
        return nullable(binding, SqlTypeName.VARCHAR);
      }
      return isDays(binding.getOperandType(0), binding.getOperandType(1))
              || isDays(binding.getOperandType(1), binding.getOperandType(0))
          ? nullable(binding, SqlTypeName.DATE)
          : numbers.inferReturnType(binding);
    };
  }

  private static SqlReturnTypeInference difference(SqlReturnTypeInference numbers) {
    return binding -> {
      if (areDates(binding.getOperandType(0), binding.getOperandType(1))) {
        return nullable(binding, SqlTypeName.INTEGER);
      }
      return isDays(binding.getOperandType(0), binding.getOperandType(1))
          ? nullable(binding, SqlTypeName.DATE)
          : numbers.inferReturnType(binding);
    };
  }

  static boolean isDays(RelDataType date, RelDataType days) {
    return SqlTypeUtil.isDate(date) && SqlTypeUtil.isIntType(days);
  }

  static boolean areTexts(RelDataType one, RelDataType other) {
    return SqlTypeUtil.inCharFamily(one) && SqlTypeUtil.inCharFamily(other);
  }

  static boolean areDates(RelDataType one, RelDataType other) {
    return SqlTypeUtil.isDate(one) && SqlTypeUtil.isDate(other);
  }

  private static RelDataType nullable(SqlOperatorBinding binding, SqlTypeName name) {
    boolean nullable =
        binding.getOperandType(0).isNullable() || binding.getOperandType(1).isNullable();
    return binding
        .getTypeFactory()
        .createTypeWithNullability(binding.getTypeFactory().createSqlType(name), nullable);
  }

  /** Where one of ours has the name, no other is looked for. */
  private static final class Table implements SqlOperatorTable {
    private final SqlOperatorTable ours =
        SqlOperatorTables.of(
            PLUS,
            MINUS,
            TO_CHAR,
            FORMAT,
            TO_DATE,
            TO_TIMESTAMP,
            MAKE_DATE,
            SqlLibraryOperators.REVERSE,
            SqlLibraryOperators.TRY_CAST);

    private final SqlOperatorTable others =
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL));

    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      int before = found.size();
      ours.lookupOperatorOverloads(name, category, syntax, found, matcher);
      if (found.size() == before) {
        others.lookupOperatorOverloads(name, category, syntax, found, matcher);
      }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      List<SqlOperator> all = new ArrayList<>(ours.getOperatorList());
      all.addAll(others.getOperatorList());
      return all;
    }
  }
}
