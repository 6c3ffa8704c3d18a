package nl.ketendata.server.query;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.question.ChangesQuestion;
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

  /** What the caller may see the tables of, by organisation. */
  default List<Scope> scopes(Caller caller) {
    return caller.organisations().values().stream()
        .filter(organisation -> caller.may(Action.DESCRIBE, organisation.id()))
        .sorted(Comparator.comparing(Organisation::id))
        .flatMap(
            organisation ->
                Arrays.stream(Product.values())
                    .filter(product -> !organisation.gemeenten(product).isEmpty())
                    .map(product -> new Scope(organisation.id(), product)))
        .toList();
  }

  /**
   * The current version of what the caller sees in a scope.
   *
   * @throws nl.ketendata.server.failure.Failure KD603 when the organisation is unknown or not the
   *     caller's, KD602 when the caller's role reads nothing
   */
  Mounted mounted(Caller caller, Scope scope);

  /**
   * A version that a page token names.
   *
   * @throws nl.ketendata.server.failure.Failure KD410 when it is no longer kept
   */
  Mounted mounted(Caller caller, Scope scope, String version);

  /**
   * The same version with an end to a table that grows between versions, such as the audit log;
   * itself for any other table.
   */
  default Mounted pinned(Caller caller, Mounted mounted, String table) {
    return mounted;
  }

  /** Rows with the related rows asked for; the caller closes the answer. */
  Answer rows(Caller caller, Mounted mounted, RowsQuestion question);

  /**
   * What happened to rows between two versions; the caller closes the answer.
   *
   * @param before the earlier version
   * @param now the later one
   * @return the question's columns, the row key, and what became of the row: 0 it is there, 1 it no
   *     longer fulfils the condition, 2 it is gone
   */
  RowStream changes(Caller caller, Mounted before, Mounted now, ChangesQuestion question);

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
