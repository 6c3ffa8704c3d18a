package nl.ketendata.server.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.question.SqlQuestion;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * Answers one request of one caller. Implements Avatica's {@code Service}, all that its wire knows,
 * and not its {@code Meta}, of which half is never asked over the wire.
 */
final class CallerService implements Service {
  /** Name of the connection property with the catalog of unqualified names. */
  static final String GEMEENTE = "gemeente";

  private final Caller caller;
  private final Door door;
  private final Sessions sessions;
  private final Names names;
  private final String version;
  private boolean reached;

  CallerService(Caller caller, Door door, Catalogue catalogue, Sessions sessions, String version) {
    this.caller = caller;
    this.door = door;
    this.sessions = sessions;
    this.names = new Names(door, catalogue, caller);
    this.version = version;
  }

  /** Whether the request could be read, so that what went wrong is not in its form. */
  boolean reached() {
    return reached;
  }

  private <T> T with(String connectionId, Function<Session, T> action) {
    reached = true;
    return sessions.with(caller, required(connectionId), action);
  }

  private static <T> T required(T part) {
    return Optional.ofNullable(part)
        .orElseThrow(() -> Failure.of(Code.BAD_REQUEST, "connectionId, statementId, sql"));
  }

  // connections

  @Override
  public OpenConnectionResponse apply(OpenConnectionRequest request) {
    reached = true;
    Optional<String> gemeente =
        Optional.ofNullable(request.info)
            .map(info -> info.get(GEMEENTE))
            .map(id -> caller.organisation(id).id());
    sessions.open(caller, required(request.connectionId), gemeente);
    return new OpenConnectionResponse(null);
  }

  @Override
  public CloseConnectionResponse apply(CloseConnectionRequest request) {
    reached = true;
    sessions.close(caller, required(request.connectionId));
    return new CloseConnectionResponse(null);
  }

  @Override
  public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
    return with(
        request.connectionId,
        session -> new ConnectionSyncResponse(synchronised(session, request.connProps), null));
  }

  /**
   * What the client sets is remembered; only the catalog means something, and it stays read-only.
   */
  private ConnectionPropertiesImpl synchronised(Session session, Meta.ConnectionProperties wanted) {
    Optional.ofNullable(wanted)
        .map(Meta.ConnectionProperties::getCatalog)
        .filter(catalog -> !catalog.isEmpty())
        .ifPresent(catalog -> session.organisation(caller.organisation(catalog).id()));
    ConnectionPropertiesImpl properties = session.properties();
    Optional.ofNullable(wanted).ifPresent(properties::merge);
    properties.setReadOnly(true);
    catalog(session).ifPresent(properties::setCatalog);
    properties.setDirty(false);
    return properties;
  }

  private Optional<String> catalog(Session session) {
    Optional<String> only =
        caller.organisations().size() == 1
            ? caller.organisations().values().stream().map(one -> one.id()).findFirst()
            : Optional.empty();
    return session.organisation().or(() -> only);
  }

  @Override
  public CommitResponse apply(CommitRequest request) {
    return with(request.connectionId, session -> Nothing.COMMITTED);
  }

  @Override
  public RollbackResponse apply(RollbackRequest request) {
    return with(request.connectionId, session -> Nothing.ROLLED_BACK);
  }

  // statements

  @Override
  public CreateStatementResponse apply(CreateStatementRequest request) {
    return with(
        request.connectionId,
        session -> {
          OpenStatement statement = session.open(sessions.nextStatement(), Optional.empty());
          return new CreateStatementResponse(session.id(), statement.id(), null);
        });
  }

  @Override
  public CloseStatementResponse apply(CloseStatementRequest request) {
    return with(
        request.connectionId,
        session -> {
          session.close(request.statementId);
          return new CloseStatementResponse(null);
        });
  }

  @Override
  public PrepareResponse apply(PrepareRequest request) {
    return with(
        request.connectionId,
        session -> {
          PreparedSql sql = prepare(session, request.sql);
          OpenStatement statement = session.open(sessions.nextStatement(), Optional.of(sql));
          Meta.StatementHandle handle =
              new Meta.StatementHandle(session.id(), statement.id(), Columns.signature(sql));
          return new PrepareResponse(handle, null);
        });
  }

  private PreparedSql prepare(Session session, String text) {
    return door.prepare(caller, new SqlQuestion(required(text), session.organisation()));
  }

  @Override
  public ExecuteResponse apply(PrepareAndExecuteRequest request) {
    return with(
        request.connectionId,
        session ->
            session
                .statement(request.statementId)
                .map(
                    statement -> {
                      PreparedSql sql = prepare(session, request.sql);
                      statement.read(run(sql, List.of(), request.maxRowCount));
                      return answer(session, statement, sql, request.maxRowsInFirstFrame);
                    })
                .orElseGet(CallerService::missing));
  }

  @Override
  public ExecuteResponse apply(ExecuteRequest request) {
    Meta.StatementHandle handle = required(request.statementHandle);
    return with(
        handle.connectionId,
        session ->
            session
                .statement(handle.id)
                .flatMap(
                    statement ->
                        statement.prepared().map(sql -> execute(session, statement, sql, request)))
                .orElseGet(CallerService::missing));
  }

  private ExecuteResponse execute(
      Session session, OpenStatement statement, PreparedSql sql, ExecuteRequest request) {
    List<TypedValue> given = Optional.ofNullable(request.parameterValues).orElse(List.of());
    statement.read(run(sql, given, 0));
    return answer(session, statement, sql, request.maxRowCount);
  }

  private static ExecuteResponse missing() {
    return new ExecuteResponse(null, true, null);
  }

  private Cursor run(PreparedSql sql, List<TypedValue> given, long limit) {
    List<Object> values = Parameters.values(sql.parameters(), given);
    return new Cursor(new ArrowRows(door.run(caller, sql, values)), limit, sessions.now());
  }

  private ExecuteResponse answer(
      Session session, OpenStatement statement, PreparedSql sql, int wanted) {
    Frame frame = frame(statement, wanted);
    Signature signature = Columns.signature(sql);
    return new ExecuteResponse(
        List.of(
            new ResultSetResponse(session.id(), statement.id(), false, signature, frame, -1, null)),
        false,
        null);
  }

  private Frame frame(OpenStatement statement, int wanted) {
    Cursor cursor = statement.cursor().orElseThrow();
    try {
      return cursor.frame(wanted, sessions.now());
    } catch (RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public FetchResponse apply(FetchRequest request) {
    return with(
        request.connectionId,
        session -> {
          Optional<OpenStatement> statement = session.statement(request.statementId);
          boolean rows = statement.flatMap(OpenStatement::cursor).isPresent();
          if (!rows) {
            return new FetchResponse(null, statement.isEmpty(), true, null);
          }
          return new FetchResponse(fetch(statement.get(), request), false, false, null);
        });
  }

  /** Rows are read once: a frame that was lost on its way is not there any more. */
  private Frame fetch(OpenStatement statement, FetchRequest request) {
    long offset = statement.cursor().orElseThrow().offset();
    if (offset != request.offset) {
      throw Failure.of(Code.ROWS_GONE, request.statementId);
    }
    return frame(statement, request.fetchMaxRowCount);
  }

  /**
   * Asks a question again whose rows are gone. Only from its first row: without an order, and after
   * a delivery, the rows behind an offset need not be those that the client lacks.
   */
  @Override
  public SyncResultsResponse apply(SyncResultsRequest request) {
    return with(
        request.connectionId,
        session ->
            session
                .statement(request.statementId)
                .map(statement -> again(session, statement, required(request.state), request))
                .orElseGet(() -> new SyncResultsResponse(false, true, null)));
  }

  private SyncResultsResponse again(
      Session session, OpenStatement statement, QueryState state, SyncResultsRequest request) {
    if (request.offset != 0 || state.type != QueryState.StateType.SQL) {
      throw Failure.of(Code.ROWS_GONE, request.statementId);
    }
    PreparedSql sql = statement.prepared().orElseGet(() -> prepare(session, state.sql));
    Cursor cursor = run(sql, List.of(), 0);
    statement.read(cursor);
    return new SyncResultsResponse(cursor.more(), false, null);
  }

  @Override
  public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
    return with(request.connectionId, CallerService::refuseBatch);
  }

  @Override
  public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
    return with(request.connectionId, CallerService::refuseBatch);
  }

  private static ExecuteBatchResponse refuseBatch(Session session) {
    throw Failure.of(Code.READ_ONLY, "executeBatch");
  }

  // metadata

  @Override
  public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
    return with(
        request.connectionId,
        session -> new DatabasePropertyResponse(Facts.properties(version), null));
  }

  @Override
  public ResultSetResponse apply(CatalogsRequest request) {
    return list(request.connectionId, names::catalogs);
  }

  @Override
  public ResultSetResponse apply(SchemasRequest request) {
    return list(
        request.connectionId,
        () -> names.schemas(optional(request.catalog), optional(request.schemaPattern)));
  }

  @Override
  public ResultSetResponse apply(TablesRequest request) {
    return list(
        request.connectionId,
        () ->
            names.tables(
                optional(request.catalog),
                optional(request.schemaPattern),
                optional(request.tableNamePattern),
                Optional.ofNullable(request.typeList)));
  }

  @Override
  public ResultSetResponse apply(ColumnsRequest request) {
    return list(
        request.connectionId,
        () ->
            names.columns(
                optional(request.catalog),
                optional(request.schemaPattern),
                optional(request.tableNamePattern),
                optional(request.columnNamePattern)));
  }

  @Override
  public ResultSetResponse apply(TableTypesRequest request) {
    return list(request.connectionId, Names::tableTypes);
  }

  @Override
  public ResultSetResponse apply(TypeInfoRequest request) {
    return list(request.connectionId, Facts::types);
  }

  private static Optional<String> optional(String pattern) {
    return Optional.ofNullable(pattern);
  }

  private ResultSetResponse list(String connectionId, Supplier<Listing> asked) {
    return with(
        connectionId,
        session -> {
          Listing listing = asked.get();
          int id = sessions.nextStatement();
          Cursor cursor = new Cursor(new ListedRows(listing.rows().iterator()), 0, sessions.now());
          Frame frame = cursor.frame(0, sessions.now());
          if (cursor.more()) {
            session.open(id, Optional.empty()).read(cursor);
          }
          Signature signature = Columns.signature("", listing.columns(), List.of());
          return new ResultSetResponse(session.id(), id, true, signature, frame, -1, null);
        });
  }

  /** Avatica's cluster data: there is none. */
  @Override
  public void setRpcMetadata(RpcMetadataResponse metadata) {}
}
