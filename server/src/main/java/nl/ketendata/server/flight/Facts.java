package nl.ketendata.server.flight;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.ketendata.server.query.SqlWords;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlNullOrdering;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlOuterJoinsSupportLevel;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedCaseSensitivity;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedElementActions;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedGroupBy;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedResultSetType;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedSubqueries;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedTransaction;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedUnions;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlTransactionIsolationLevel;
import org.apache.arrow.flight.sql.impl.FlightSql.SupportedAnsi92SqlGrammarLevel;
import org.apache.arrow.flight.sql.impl.FlightSql.SupportedSqlGrammar;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What the server tells of itself and of its SQL. */
final class Facts {
  private static final int MOST_TEXT_BYTES = 32 * 1024;

  private Facts() {}

  /**
   * @param version of this server, such as {@code 0.1.0}
   */
  static SqlInfoBuilder info(String version) {
    SqlInfoBuilder info =
        new SqlInfoBuilder()
            .withFlightSqlServerName("Ketendata Server")
            .withFlightSqlServerVersion(version)
            .withFlightSqlServerArrowVersion(arrowVersion())
            .withFlightSqlServerReadOnly(true)
            .withFlightSqlServerSql(true)
            .withFlightSqlServerSubstrait(false)
            .withFlightSqlServerTransaction(SqlSupportedTransaction.SQL_SUPPORTED_TRANSACTION_NONE)
            .withFlightSqlServerCancel(true)
            .withFlightSqlServerBulkIngestion(false)
            .withFlightSqlServerStatementTimeout(0)
            .withFlightSqlServerTransactionTimeout(0);
    names(info);
    abilities(info);
    limits(info);
    return info;
  }

  private static String arrowVersion() {
    String version = VectorSchemaRoot.class.getPackage().getImplementationVersion();
    return version == null ? "18" : version;
  }

  private static void names(SqlInfoBuilder info) {
    info.withSqlIdentifierQuoteChar("\"")
        .withSqlSearchStringEscape("\\")
        .withSqlExtraNameCharacters("")
        .withSqlCatalogTerm("catalog")
        .withSqlSchemaTerm("schema")
        .withSqlProcedureTerm("procedure")
        .withSqlCatalogAtStart(true)
        .withSqlIdentifierCase(SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE)
        .withSqlQuotedIdentifierCase(
            SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE)
        .withSqlKeywords(words(SqlWords.STANDARD.keywords()))
        .withSqlNumericFunctions(words(SqlWords.STANDARD.numeric()))
        .withSqlStringFunctions(words(SqlWords.STANDARD.text()))
        .withSqlDatetimeFunctions(words(SqlWords.STANDARD.moments()))
        .withSqlSystemFunctions(words(SqlWords.STANDARD.others()));
  }

  private static String[] words(List<String> words) {
    return words.toArray(String[]::new);
  }

  private static void abilities(SqlInfoBuilder info) {
    info.withSqlDdlCatalog(false)
        .withSqlDdlSchema(false)
        .withSqlDdlTable(false)
        .withSqlAllTablesAreSelectable(true)
        .withSqlSupportsColumnAliasing(true)
        .withSqlNullPlusNullIsNull(true)
        .withSqlNullOrdering(SqlNullOrdering.SQL_NULLS_SORTED_HIGH)
        .withSqlSupportsTableCorrelationNames(true)
        .withSqlSupportsDifferentTableCorrelationNames(false)
        .withSqlSupportsExpressionsInOrderBy(true)
        .withSqlSupportsOrderByUnrelated(true)
        .withSqlSupportedGroupBy(
            SqlSupportedGroupBy.SQL_GROUP_BY_UNRELATED,
            SqlSupportedGroupBy.SQL_GROUP_BY_BEYOND_SELECT)
        .withSqlSupportsLikeEscapeClause(true)
        .withSqlSupportsNonNullableColumns(true)
        .withSqlSupportedGrammar(SupportedSqlGrammar.SQL_EXTENDED_GRAMMAR)
        .withSqlAnsi92SupportedLevel(
            SupportedAnsi92SqlGrammarLevel.ANSI92_ENTRY_SQL,
            SupportedAnsi92SqlGrammarLevel.ANSI92_INTERMEDIATE_SQL)
        .withSqlSupportsConvert(Map.of())
        .withSqlSupportsIntegrityEnhancementFacility(false)
        .withSqlOuterJoinSupportLevel(SqlOuterJoinsSupportLevel.SQL_FULL_OUTER_JOINS)
        .withSqlSchemasSupportedActions(SqlSupportedElementActions.SQL_ELEMENT_IN_PROCEDURE_CALLS)
        .withSqlCatalogsSupportedActions(SqlSupportedElementActions.SQL_ELEMENT_IN_PROCEDURE_CALLS)
        .withSqlSelectForUpdateSupported(false)
        .withSqlStoredProceduresSupported(false)
        .withSqlSubQueriesSupported(
            SqlSupportedSubqueries.SQL_SUBQUERIES_IN_COMPARISONS,
            SqlSupportedSubqueries.SQL_SUBQUERIES_IN_EXISTS,
            SqlSupportedSubqueries.SQL_SUBQUERIES_IN_INS,
            SqlSupportedSubqueries.SQL_SUBQUERIES_IN_QUANTIFIEDS)
        .withSqlCorrelatedSubqueriesSupported(true)
        .withSqlSupportedUnions(SqlSupportedUnions.SQL_UNION, SqlSupportedUnions.SQL_UNION_ALL)
        .withSqlTransactionsSupported(false)
        .withSqlSupportedTransactionsIsolationLevels(
            SqlTransactionIsolationLevel.SQL_TRANSACTION_NONE)
        .withSqlDataDefinitionCausesTransactionCommit(false)
        .withSqlDataDefinitionsInTransactionsIgnored(false)
        .withSqlSupportedPositionedCommands()
        .withSqlDefaultTransactionIsolation(Connection.TRANSACTION_NONE)
        .withSqlSupportedResultSetTypes(SqlSupportedResultSetType.SQL_RESULT_SET_TYPE_FORWARD_ONLY)
        .withSqlBatchUpdatesSupported(false)
        .withSqlSavepointsSupported(false)
        .withSqlNamedParametersSupported(false)
        .withSqlLocatorsUpdateCopy(false)
        .withSqlStoredFunctionsUsingCallSyntaxSupported(false);
  }

  /** Nought says that there is no limit, or none that is known. */
  private static void limits(SqlInfoBuilder info) {
    info.withSqlMaxStatementLength(MOST_TEXT_BYTES)
        .withSqlMaxCharLiteralLength(0)
        .withSqlMaxBinaryLiteralLength(0)
        .withSqlMaxColumnNameLength(0)
        .withSqlMaxColumnsInGroupBy(0)
        .withSqlMaxColumnsInIndex(0)
        .withSqlMaxCursorNameLength(0)
        .withSqlMaxIndexLength(0)
        .withSqlMaxProcedureNameLength(0)
        .withSqlMaxColumnsInOrderBy(0)
        .withSqlMaxColumnsInSelect(0)
        .withSqlMaxColumnsInTable(0)
        .withSqlMaxConnections(0)
        .withSqlMaxCatalogNameLength(0)
        .withSqlDbSchemaNameLength(0)
        .withSqlMaxTableNameLength(0)
        .withSqlMaxTablesInSelect(0)
        .withSqlMaxStatements(0)
        .withSqlMaxRowSize(0)
        .withSqlMaxRowSizeIncludesBlobs(false)
        .withSqlMaxUsernameLength(0);
  }

  static Listing types(CommandGetXdbcTypeInfo asked) {
    List<Object[]> rows = new ArrayList<>();
    Stream.of(
            type("BIGINT", Types.BIGINT, 19),
            type("DECIMAL", Types.DECIMAL, 38),
            type("INTEGER", Types.INTEGER, 10),
            type("DOUBLE", Types.DOUBLE, 15),
            type("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE),
            type("BOOLEAN", Types.BOOLEAN, 1),
            type("DATE", Types.DATE, 10),
            type("TIME", Types.TIME, 15),
            type("TIMESTAMP", Types.TIMESTAMP, 26))
        .filter(row -> !asked.hasDataType() || row[1].equals(asked.getDataType()))
        .forEach(rows::add);
    return new Listing(Schemas.GET_TYPE_INFO_SCHEMA, rows);
  }

  private static Object[] type(String name, int jdbcType, int size) {
    boolean number =
        size <= 38 && jdbcType != Types.BOOLEAN && jdbcType < Types.VARCHAR
            || jdbcType == Types.BIGINT;
    boolean text = jdbcType == Types.VARCHAR;
    boolean moment = jdbcType >= Types.DATE;
    boolean decimal = jdbcType == Types.DECIMAL;
    String prefix = text ? "'" : moment ? name + " '" : null;
    return new Object[] {
      name,
      jdbcType,
      size,
      prefix,
      prefix == null ? null : "'",
      decimal ? List.of("precision", "scale") : null,
      DatabaseMetaData.typeNullable,
      text,
      text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
      !number,
      false,
      false,
      name,
      0,
      decimal ? 38 : 0,
      moment ? Types.DATE : jdbcType,
      moment ? jdbcType - Types.DATE + 1 : null,
      number ? 10 : null,
      null
    };
  }
}
