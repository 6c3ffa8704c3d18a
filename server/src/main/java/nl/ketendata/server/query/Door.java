package nl.ketendata.server.query;

import java.util.List;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;

/**
 * What a head may ask. Every method throws {@code Failure} and nothing else.
 *
 * <p>
 *
 * {@snippet :
 * Mounted mounted = door.mounted(caller, new Scope("GM9030", Product.IJW));
 * try (Answer answer = door.rows(caller, mounted, question)) {
 *   while (answer.rows().advance()) {
 *     write(answer.rows().batch());
 *   }
 * }
 * }
 */
public interface Door {

  /**
   * The current version of what the caller sees in a scope.
   *
   * @throws nl.ketendata.server.failure.Failure KD603 when the organisation is unknown or not the
   *     caller's
   */
  Mounted mounted(Caller caller, Scope scope);

  /**
   * A version that a page token names.
   *
   * @throws nl.ketendata.server.failure.Failure KD410 when it is no longer kept
   */
  Mounted mounted(Caller caller, Scope scope, String version);

  /** Rows with the related rows asked for; the caller closes the answer. */
  Answer rows(Caller caller, Mounted mounted, RowsQuestion question);

  /** The number of rows. */
  long count(Caller caller, Mounted mounted, CountQuestion question);

  /** Parses, checks and plans a statement; plans are cached. */
  PreparedSql prepare(Caller caller, SqlQuestion question);

  /**
   * Runs a prepared statement; the caller closes the rows.
   *
   * @param parameters one value per {@link PreparedSql#parameters()}, null for SQL's null; of the
   *     classes that {@code java.sql} uses, or {@code java.time}
   */
  RowStream run(Caller caller, PreparedSql statement, List<Object> parameters);
}
