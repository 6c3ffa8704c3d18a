package nl.ketendata.server.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.browse.Browser;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
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
  private final Asking asking;
  private final Sessions sessions;
  private final Names names;
  private final String version;
  private boolean reached;

  CallerService(Caller caller, Door door, Catalogue catalogue, Sessions sessions, String version) {
    this.caller = caller;
    this.asking = new Asking(caller, door, sessions);
    this.sessions = sessions;
    this.names = new Names(new Browser(door, catalogue, caller));
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

  /** An empty text does not travel; it is no statement, and told as such. */
  private static String text(String sql) {
    return Optional.ofNullable(sql).orElse("");
  }

  private static <T> T required(T part) {
    return Optional.ofNullable(part)
        .orElseThrow(() -> Failure.of(Code.BAD_REQUEST, "connectionId, statementId"));
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
        session -> new CreateStatementResponse(session.id(), asking.open(session).id(), null));
  }

  @Override
  public CloseStatementResponse apply(CloseStatementRequest request) {
    reached = true;
    sessions.close(caller, required(request.connectionId), request.statementId);
    return new CloseStatementResponse(null);
  }

  @Override
  public PrepareResponse apply(PrepareRequest request) {
    return with(
        request.connectionId,
        session -> new PrepareResponse(asking.prepare(session, text(request.sql)), null));
  }

  @Override
  public ExecuteResponse apply(PrepareAndExecuteRequest request) {
    return with(
        request.connectionId,
        session ->
            asking.ask(
                session,
                request.statementId,
                text(request.sql),
                request.maxRowCount,
                request.maxRowsInFirstFrame));
  }

  @Override
  public ExecuteResponse apply(ExecuteRequest request) {
    Meta.StatementHandle handle = required(request.statementHandle);
    List<TypedValue> given = Optional.ofNullable(request.parameterValues).orElse(List.of());
    return with(
        handle.connectionId, session -> asking.ask(session, handle.id, given, request.maxRowCount));
  }

  @Override
  public FetchResponse apply(FetchRequest request) {
    return with(
        request.connectionId,
        session ->
            asking.fetch(session, request.statementId, request.offset, request.fetchMaxRowCount));
  }

  @Override
  public SyncResultsResponse apply(SyncResultsRequest request) {
    return with(
        request.connectionId,
        session ->
            asking.again(session, request.statementId, required(request.state), request.offset));
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
    return with(connectionId, session -> asking.list(session, asked.get()));
  }

  /** Avatica's cluster data: there is none. */
  @Override
  public void setRpcMetadata(RpcMetadataResponse metadata) {}
}
