package nl.ketendata.server.flight;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;

/** An answer that a client may come to fetch: a statement with the values of its parameters. */
final class Result {
  private final PreparedSql sql;
  private final List<Object> parameters;
  private final Set<RowStream> running = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  Result(PreparedSql sql, List<Object> parameters) {
    this.sql = sql;
    this.parameters = new ArrayList<>(parameters);
  }

  PreparedSql sql() {
    return sql;
  }

  List<Object> parameters() {
    return parameters;
  }

  /** From here on the rows are stopped with the answer. */
  void begins(RowStream rows) {
    running.add(rows);
    if (cancelled) {
      rows.cancel();
    }
  }

  void ended(RowStream rows) {
    running.remove(rows);
  }

  /** Stops whoever reads it. */
  void cancel() {
    cancelled = true;
    running.forEach(RowStream::cancel);
  }
}
