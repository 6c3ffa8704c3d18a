package nl.ketendata.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked.
 *
 * @param sql the statement
 * @param parameters a text, number, truth value or null for each question mark
 * @param gemeente the catalog of unqualified names
 * @param limit most rows of the answer
 * @param format in which the answer is wanted
 */
record Ask(
    String sql,
    List<Object> parameters,
    Optional<String> gemeente,
    long limit,
    Optional<String> format) {
  Ask {
    parameters = new ArrayList<>(parameters);
  }
}
