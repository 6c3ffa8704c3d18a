package nl.ketendata.server.jdbc;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.SqlQuestion;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service.ExecuteResponse;
import org.apache.calcite.avatica.remote.Service.FetchResponse;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.apache.calcite.avatica.remote.Service.SyncResultsResponse;
import org.apache.calcite.avatica.remote.TypedValue;

/** The statements of a caller: asks the door and gives the rows frame by frame. */
final class Asking {
  private final Caller caller;
  private final Door door;
  private final Sessions sessions;

  Asking(Caller caller, Door door, Sessions sessions) {
    this.caller = caller;
    this.door = door;
    this.sessions = sessions;
  }

  OpenStatement open(Session session) {
    return session.open(sessions.nextStatement(), Optional.empty());
  }

  StatementHandle prepare(Session session, String text) {
    PreparedSql sql = prepared(session, text);
    OpenStatement statement = session.open(sessions.nextStatement(), Optional.of(sql));
    return new StatementHandle(session.id(), statement.id(), Columns.signature(sql));
  }

  private PreparedSql prepared(Session session, String text) {
    return door.prepare(caller, new SqlQuestion(text, session.organisation()));
  }

  /**
   * Asks a text; most rows in all and in the first frame, 0 or less when the client has no wish.
   */
  ExecuteResponse ask(Session session, int id, String text, long most, int first) {
    return session
        .statement(id)
        .map(
            statement -> {
              statement.close();
              PreparedSql sql = prepared(session, text);
              statement.read(run(statement, sql, List.of(), most));
              return answer(session, statement, sql, first);
            })
        .orElseGet(Asking::missing);
  }

  /** Asks what was prepared, with values for its parameters. */
  ExecuteResponse ask(Session session, int id, List<TypedValue> given, int first) {
    Optional<OpenStatement> found =
        session.statement(id).filter(statement -> statement.prepared().isPresent());
    return found
        .map(
            statement -> {
              statement.close();
              PreparedSql sql = statement.prepared().orElseThrow();
              statement.read(run(statement, sql, given, 0));
              return answer(session, statement, sql, first);
            })
        .orElseGet(Asking::missing);
  }

  private static ExecuteResponse missing() {
    return new ExecuteResponse(null, true, null);
  }

  private Cursor run(OpenStatement statement, PreparedSql sql, List<TypedValue> given, long most) {
    List<Object> values = Parameters.values(sql.parameters(), given);
    RowStream rows = door.run(caller, sql, values);
    statement.runs(rows);
    return new Cursor(new ArrowRows(rows), most, sessions.now());
  }

  private ExecuteResponse answer(
      Session session, OpenStatement statement, PreparedSql sql, int first) {
    Frame frame = statement.frame(first, sessions.now());
    Signature signature = Columns.signature(sql);
    ResultSetResponse rows =
        new ResultSetResponse(session.id(), statement.id(), false, signature, frame, -1, null);
    return new ExecuteResponse(List.of(rows), false, null);
  }

  /**
   * The next frame. Rows are read once: one that was lost on its way is not there any more.
   *
   * @throws Failure KD411 when the client asks for other rows than the next
   */
  FetchResponse fetch(Session session, int id, long offset, int wanted) {
    Optional<OpenStatement> found = session.statement(id);
    Optional<Cursor> cursor = found.flatMap(OpenStatement::cursor);
    if (cursor.isEmpty()) {
      return new FetchResponse(null, found.isEmpty(), true, null);
    }
    if (cursor.get().offset() != offset) {
      throw Failure.of(Code.ROWS_GONE, Integer.toString(id));
    }
    Frame frame = found.get().frame(wanted, sessions.now());
    return new FetchResponse(frame, false, false, null);
  }

  /**
   * Asks a question again whose rows are gone. Only from its first row: without an order, and after
   * a delivery, the rows behind an offset need not be those that the client lacks.
   *
   * @throws Failure KD411 when the client lacks other rows
   */
  SyncResultsResponse again(Session session, int id, QueryState state, long offset) {
    Optional<OpenStatement> found = session.statement(id);
    if (found.isEmpty()) {
      return new SyncResultsResponse(false, true, null);
    }
    if (offset != 0 || state.sql == null) {
      throw Failure.of(Code.ROWS_GONE, Integer.toString(id));
    }
    PreparedSql sql = found.get().prepared().orElseGet(() -> prepared(session, state.sql));
    Cursor cursor = run(found.get(), sql, List.of(), 0);
    found.get().read(cursor);
    return new SyncResultsResponse(cursor.more(), false, null);
  }

  /** Gives a listing; only what does not fit in one frame becomes a statement. */
  ResultSetResponse list(Session session, Listing listing) {
    int id = sessions.nextStatement();
    Cursor cursor = new Cursor(new ListedRows(listing.rows().iterator()), 0, sessions.now());
    Frame frame = cursor.frame(0, sessions.now());
    if (cursor.more()) {
      session.open(id, Optional.empty()).read(cursor);
    }
    Signature signature = Columns.signature("", listing.columns(), List.of());
    return new ResultSetResponse(session.id(), id, true, signature, frame, -1, null);
  }
}
