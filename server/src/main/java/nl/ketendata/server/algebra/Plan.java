package nl.ketendata.server.algebra;

import java.util.List;

/**
 * A question in the store's own SQL, ready to run.
 *
 * @param sql for the store
 * @param columns of its result
 * @param parameters by position
 */
public record Plan(String sql, List<PlanColumn> columns, List<PlanColumn> parameters) {
  public Plan {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }
}
