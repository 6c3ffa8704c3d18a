package nl.ketendata.server.algebra;

import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableNullableList;

/** The store's SQL: what DuckDB writes otherwise than Calcite's own dialect for it. */
final class StoreDialect extends DuckDBSqlDialect {
  static final StoreDialect INSTANCE = new StoreDialect();

  private StoreDialect() {
    super(
        DuckDBSqlDialect.DEFAULT_CONTEXT
            .withDataTypeSystem(Types.system())
            .withIdentifierQuoteString("\"")
            .withNullCollation(NullCollation.LAST));
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
      case CHAR_LENGTH -> function(writer, "length", call);
      case POSITION -> position(writer, call);
      case LISTAGG -> function(writer, "string_agg", call);
      case EXTRACT -> extract(writer, call);
      case OTHER_FUNCTION, OTHER -> other(writer, call, left, right);
      case WITHIN_GROUP -> withinGroup(writer, call, left, right);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  private void other(SqlWriter writer, SqlCall call, int left, int right) {
    String name = call.getOperator().getName();
    switch (name) {
      case "CURRENT_DATE" -> writer.print("today()");
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> writer.print("CAST(now() AS TIMESTAMP)");
      case "SUBSTRING", "TRUNCATE" ->
          function(writer, name.equals("TRUNCATE") ? "trunc" : "substring", call);
      case "CHAR_LENGTH", "CHARACTER_LENGTH" -> function(writer, "length", call);
      default -> super.unparseCall(writer, call, left, right);
    }
  }

  private static void position(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = writer.startFunCall("strpos");
    call.operand(1).unparse(writer, 0, 0);
    writer.sep(",");
    call.operand(0).unparse(writer, 0, 0);
    writer.endFunCall(frame);
  }

  private static void function(SqlWriter writer, String name, SqlCall call) {
    SqlWriter.Frame frame = writer.startFunCall(name);
    for (SqlNode operand : call.getOperandList()) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.endFunCall(frame);
  }

  /** Sunday is day 1 of DOW in Calcite and 0 in the engine. */
  private void extract(SqlWriter writer, SqlCall call) {
    TimeUnitRange unit = unit(call.operand(0));
    boolean dayOfWeek = unit == TimeUnitRange.DOW;
    SqlWriter.Frame whole = dayOfWeek ? writer.startList("(", ")") : null;
    SqlWriter.Frame frame = writer.startFunCall("date_part");
    writer.print("'" + unit.name().toLowerCase(Locale.ROOT) + "'");
    writer.sep(",", true);
    call.operand(1).unparse(writer, 0, 0);
    writer.endFunCall(frame);
    if (dayOfWeek) {
      writer.print("+ 1");
      writer.endList(whole);
    }
  }

  /** What the parser made is a qualifier, what comes from the algebra a symbol. */
  private static TimeUnitRange unit(SqlNode operand) {
    return operand instanceof SqlIntervalQualifier qualifier
        ? qualifier.timeUnitRange
        : ((SqlLiteral) operand).getValueAs(TimeUnitRange.class);
  }

  /** {@code LISTAGG(x, s) WITHIN GROUP (ORDER BY k)} is {@code string_agg(x, s ORDER BY k)}. */
  private void withinGroup(SqlWriter writer, SqlCall call, int left, int right) {
    SqlCall aggregate = call.operand(0);
    if (aggregate.getKind() != SqlKind.LISTAGG) {
      super.unparseCall(writer, call, left, right);
      return;
    }
    SqlWriter.Frame frame = writer.startFunCall("string_agg");
    for (SqlNode operand : ImmutableNullableList.copyOf(aggregate.getOperandList())) {
      writer.sep(",");
      operand.unparse(writer, 0, 0);
    }
    writer.sep("ORDER BY");
    call.operand(1).unparse(writer, 0, 0);
    writer.endFunCall(frame);
  }
}
