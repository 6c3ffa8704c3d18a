package nl.ketendata.server.algebra;

import java.util.List;

/**
 * A column of a plan's result, or a parameter.
 *
 * @param label the name that the question gave it
 * @param jdbcType one of {@link java.sql.Types}
 * @param typeName SQL's name of the type
 * @param precision digits or characters; 0 when unlimited or not applicable
 * @param scale digits after the point
 * @param nullable whether a value may be null
 * @param origin catalog, schema, table and column that values are from; empty when computed
 */
public record PlanColumn(
    String label,
    int jdbcType,
    String typeName,
    int precision,
    int scale,
    boolean nullable,
    List<String> origin) {
  public PlanColumn {
    origin = List.copyOf(origin);
  }
}
