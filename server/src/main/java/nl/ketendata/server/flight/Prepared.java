package nl.ketendata.server.flight;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.PreparedSql;

/** A prepared statement of a client, with the values that it gave for the parameters. */
final class Prepared {
  private final PreparedSql sql;
  private volatile Optional<List<Object>> parameters = Optional.empty();

  Prepared(PreparedSql sql) {
    this.sql = sql;
  }

  PreparedSql sql() {
    return sql;
  }

  void parameters(List<Object> values) {
    parameters = Optional.of(values);
  }

  /**
   * The answer to ask for now.
   *
   * @throws Failure KD409 when no values were given for its parameters
   */
  Result result() {
    List<Object> values = parameters.orElse(List.of());
    if (values.size() != sql.parameters().size()) {
      throw Failure.of(Code.PARAMETER_COUNT, sql.parameters().size(), values.size());
    }
    return new Result(sql, values);
  }
}
