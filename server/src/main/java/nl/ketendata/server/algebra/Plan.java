package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.lookup.Lookup;

/**
 * A question in the store's own SQL, ready to run.
 *
 * @param sql for the store
 * @param columns of its result
 * @param parameters by position, as a caller must give them
 * @param lifted how many constants of the question come as parameters; none beside a caller's own
 * @param lookup the same question as one that need not be the store's, when it is simple
 */
public record Plan(
    String sql,
    List<PlanColumn> columns,
    List<PlanColumn> parameters,
    int lifted,
    Optional<Lookup> lookup) {
  public Plan {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }

  Plan(String sql, List<PlanColumn> columns, List<PlanColumn> parameters) {
    this(sql, columns, parameters, 0, Optional.empty());
  }
}
