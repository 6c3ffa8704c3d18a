package nl.ketendata.server.query;

import java.util.List;
import nl.ketendata.server.question.SqlQuestion;

/**
 * A statement that was parsed and checked.
 *
 * @param question the statement
 * @param columns of its answer
 * @param parameters the type of each parameter, by position, as a column without origin
 */
public record PreparedSql(
    SqlQuestion question, List<OutputColumn> columns, List<OutputColumn> parameters) {
  public PreparedSql {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }
}
