package nl.ketendata.server.query;

import java.util.Optional;

/**
 * A column of an answer.
 *
 * @param label the name that the question gave it
 * @param jdbcType one of {@link java.sql.Types}
 * @param typeName SQL's name of the type, such as {@code VARCHAR}
 * @param precision digits or characters; 0 when unlimited or not applicable
 * @param scale digits after the point
 * @param nullable whether a value may be null
 * @param origin table and column that the values are from, when they are not computed
 */
public record OutputColumn(
    String label,
    int jdbcType,
    String typeName,
    int precision,
    int scale,
    boolean nullable,
    Optional<Origin> origin) {

  /** A column of a table, by the names of SQL. */
  public record Origin(String catalog, String schema, String table, String column) {}
}
