package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.util.ImmutableNullableList;

/** The store's SQL: what DuckDB writes otherwise than Calcite's own dialect for it. */
final class StoreDialect extends DuckDBSqlDialect {
  static final StoreDialect INSTANCE = new StoreDialect();

  private static final SqlConformance BY_EXPRESSION =
      new SqlDelegatingConformance(SqlConformanceEnum.PRAGMATIC_2003) {
        @Override
        public boolean isSortByOrdinal() {
          return false;
        }
      };

  /** The wall clock that the moments in the data are on, whatever the engine's own zone. */
  private static final String DUTCH_NOW = "timezone('Europe/Amsterdam', now())";

  private StoreDialect() {
    super(
        DuckDBSqlDialect.DEFAULT_CONTEXT
            .withDataTypeSystem(Types.system())
            .withIdentifierQuoteString("\"")
            .withNullCollation(NullCollation.LAST));
  }

  /** A number in ORDER BY is a place only in a query's own order, not in that of an aggregate. */
  @Override
  public SqlConformance getConformance() {
    return BY_EXPRESSION;
  }

  /** Else each row is a UNION of its own, and some hundreds of those end the process. */
  @Override
  public boolean supportsAliasedValues() {
    return true;
  }

  @Override
  public boolean supportsCharSet() {
    return false;
  }

  @Override
  public boolean supportsNestedAggregations() {
    return false;
  }

  @Override
  public boolean supportsGroupByLiteral() {
    return false;
  }

  @Override
  public boolean supportsOrderByLiteral() {
    return false;
  }

  /** No implicit casts: a cast that was validated is also written. */
  @Override
  public boolean supportsImplicitTypeCoercion(RexCall call) {
    return false;
  }

  @Override
  public void quoteStringLiteral(StringBuilder buffer, String charset, String value) {
    buffer.append('\'').append(value.replace("'", "''")).append('\'');
  }

  @Override
  public void unparseOffsetFetch(SqlWriter writer, SqlNode offset, SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }

  @Override
  public SqlNode getCastSpec(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return switch (name) {
      case CHAR, VARCHAR -> spec(SqlTypeName.VARCHAR);
      case TIMESTAMP, TIME -> spec(name);
      case FLOAT -> spec(SqlTypeName.DOUBLE);
      default -> super.getCastSpec(type);
    };
  }

  private static SqlNode spec(SqlTypeName name) {
    return new SqlDataTypeSpec(
        new SqlBasicTypeNameSpec(name, SqlParserPos.ZERO), SqlParserPos.ZERO);
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
    switch (call.getKind()) {
      case CASE -> cases(writer, call, left, right);
      case CHAR_LENGTH -> function(writer, "length", call);
      case POSITION -> position(writer, call);
      case LISTAGG -> writer.endFunCall(startAggregate(writer, call));
      case IGNORE_NULLS -> ignoreNulls(writer, call);
      case MIN, MAX -> extreme(writer, call, left, right);
      case OTHER_FUNCTION, OTHER -> other(writer, call, left, right);
      case SAFE_CAST -> tryCast(writer, call);
      case WITHIN_GROUP -> withinGroup(writer, call, left, right);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  private void cases(SqlWriter writer, SqlCall call, int left, int right) {
    Optional<List<SqlNode>> values = FirstPresent.of((SqlCase) call);
    if (values.isPresent()) {
      function(writer, "coalesce", values.get());
    } else {
      super.unparseCall(writer, call, left, right);
    }
  }

  private static void tryCast(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startFunCall("TRY_CAST");
    call.operand(0).unparse(writer, 0, 0);
    writer.sep("AS");
    call.operand(1).unparse(writer, 0, 0);
    writer.endFunCall(frame);
  }

  /** EVERY is the least truth there is, SOME the greatest. */
  private void extreme(SqlWriter writer, SqlCall call, int left, int right) {
    switch (call.getOperator().getName()) {
      case "EVERY" -> function(writer, "bool_and", call);
      case "SOME" -> function(writer, "bool_or", call);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  private void other(SqlWriter writer, SqlCall call, int left, int right) {
    String name = call.getOperator().getName();
    switch (name) {
      case "_zelfde" -> call.operand(0).unparse(writer, left, right);
      case "CURRENT_DATE" -> writer.print("CAST(" + DUTCH_NOW + " AS DATE)");
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> writer.print(DUTCH_NOW);
      case "SUBSTRING", "TRUNCATE" ->
          function(writer, name.equals("TRUNCATE") ? "trunc" : "substring", call);
      case "CHAR_LENGTH", "CHARACTER_LENGTH" -> function(writer, "length", call);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  private static void position(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startFunCall("strpos");
    call.operand(1).unparse(writer, 0, 0);
    writer.sep(",", true);
    call.operand(0).unparse(writer, 0, 0);
    writer.endFunCall(frame);
  }

  private static void function(SqlWriter writer, String name, SqlCall call) {
    function(writer, name, call.getOperandList());
  }

  private static void function(SqlWriter writer, String name, List<SqlNode> operands) {
    SqlWriter.Frame frame = writer.startFunCall(name);
    for (SqlNode operand : operands) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endFunCall(frame);
  }

  /**
   * {@code LISTAGG(x, s) WITHIN GROUP (ORDER BY k) FILTER (WHERE c)} is {@code string_agg(x, s
   * ORDER BY k) FILTER (WHERE c)}.
   */
  private void withinGroup(SqlWriter writer, SqlCall call, int left, int right) {
    SqlCall inner = call.operand(0);
    SqlCall aggregate = inner.getKind() == SqlKind.FILTER ? inner.operand(0) : inner;
    if (aggregate.getKind() != SqlKind.LISTAGG) {
      super.unparseCall(writer, call, left, right);
      return;
    }
    SqlWriter.Frame frame = startAggregate(writer, aggregate);
    writer.sep("ORDER BY");
    call.operand(1).unparse(writer, 0, 0);
    writer.endFunCall(frame);
    if (inner != aggregate) {
      filter(writer, inner.operand(1));
    }
  }

  private static SqlWriter.Frame startAggregate(SqlWriter writer, SqlCall aggregate) {
    SqlWriter.Frame frame = writer.startFunCall("string_agg");
    boolean distinct =
        aggregate.getFunctionQuantifier() != null
            && aggregate.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
    if (distinct) {
      writer.keyword("DISTINCT");
    }
    boolean first = true;
    for (SqlNode operand : ImmutableNullableList.copyOf(aggregate.getOperandList())) {
      if (!first) {
        writer.sep(",", true);
      }
      operand.unparse(writer, 0, 0);
      first = false;
    }
    return frame;
  }

  private static void filter(SqlWriter writer, SqlNode condition) {
    writer.keyword("FILTER");
    SqlWriter.Frame frame = writer.startList("(", ")");
    writer.keyword("WHERE");
    condition.unparse(writer, 0, 0);
    writer.endList(frame);
  }

  /** {@code LAG(x) IGNORE NULLS} is {@code lag(x IGNORE NULLS)}. */
  private static void ignoreNulls(SqlWriter writer, SqlCall call) {
    SqlCall function = call.operand(0);
    SqlWriter.Frame frame = writer.startFunCall(function.getOperator().getName());
    for (SqlNode operand : function.getOperandList()) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.keyword("IGNORE NULLS");
    writer.endFunCall(frame);
  }
}
