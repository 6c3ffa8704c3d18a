package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code {fn CONVERT(x, SQL_INTEGER)}}: the types as JDBC and ODBC name them. */
final class OdbcTypes {
  private static final Map<String, SqlTypeName> TYPES =
      Map.ofEntries(
          Map.entry("SQL_VARCHAR", SqlTypeName.VARCHAR),
          Map.entry("SQL_WVARCHAR", SqlTypeName.VARCHAR),
          Map.entry("SQL_CHAR", SqlTypeName.VARCHAR),
          Map.entry("SQL_INTEGER", SqlTypeName.INTEGER),
          Map.entry("SQL_SMALLINT", SqlTypeName.SMALLINT),
          Map.entry("SQL_BIGINT", SqlTypeName.BIGINT),
          Map.entry("SQL_DOUBLE", SqlTypeName.DOUBLE),
          Map.entry("SQL_FLOAT", SqlTypeName.DOUBLE),
          Map.entry("SQL_BIT", SqlTypeName.BOOLEAN),
          Map.entry("SQL_BOOLEAN", SqlTypeName.BOOLEAN),
          Map.entry("SQL_DATE", SqlTypeName.DATE),
          Map.entry("SQL_TYPE_DATE", SqlTypeName.DATE),
          Map.entry("SQL_TIMESTAMP", SqlTypeName.TIMESTAMP),
          Map.entry("SQL_TYPE_TIMESTAMP", SqlTypeName.TIMESTAMP));

  private OdbcTypes() {}

  /** The value as that type; empty where no such type is named. */
  static Optional<SqlNode> cast(List<SqlNode> operands) {
    return operands.size() == 2 && operands.get(1) instanceof SqlIdentifier name
        ? Optional.ofNullable(TYPES.get(name.toString().toUpperCase(Locale.ROOT)))
            .map(type -> Percentiles.cast(operands.get(0), type))
        : Optional.empty();
  }
}
