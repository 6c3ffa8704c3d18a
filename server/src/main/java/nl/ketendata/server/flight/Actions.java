package nl.ketendata.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.PreparedSql;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelFlightInfoResult;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightConstants;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a client may have done: prepare and close statements, cancel, choose its catalog. */
final class Actions {
  static final List<ActionType> TYPES =
      List.of(
          FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT,
          FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT,
          FlightConstants.CANCEL_FLIGHT_INFO,
          FlightConstants.SET_SESSION_OPTIONS,
          FlightConstants.GET_SESSION_OPTIONS,
          FlightConstants.CLOSE_SESSION);

  /** Names under which clients know the catalog of unqualified names. */
  private static final List<String> CATALOG = List.of("catalog", "gemeente");

  private final Statements statements;
  private final Sessions sessions;

  Actions(Statements statements, Sessions sessions) {
    this.statements = statements;
    this.sessions = sessions;
  }

  /**
   * @throws Failure KD404 for what would write, KD405 for what is not offered
   */
  Optional<org.apache.arrow.flight.Result> run(Gate gate, Action action)
      throws InvalidProtocolBufferException {
    byte[] body = action.getBody();
    try {
      return switch (action.getType()) {
        case "CreatePreparedStatement" -> Optional.of(prepare(gate, body));
        case "ClosePreparedStatement" -> close(gate, body);
        case "CancelFlightInfo" -> Optional.of(cancel(gate, body));
        case "SetSessionOptions" -> Optional.of(set(gate, body));
        case "GetSessionOptions" -> Optional.of(options(gate));
        case "CloseSession" -> Optional.of(closeSession(gate));
        case "BeginTransaction", "EndTransaction", "BeginSavepoint", "EndSavepoint" ->
            throw Failure.of(Code.READ_ONLY, action.getType());
        default -> throw Failure.of(Code.NOT_SUPPORTED, shown(action.getType()));
      };
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException | URISyntaxException e) {
      throw Failure.of(Code.BAD_REQUEST, "Flight SQL").causedBy(e);
    }
  }

  private static String shown(String type) {
    return type.matches("[A-Za-z]{1,60}") ? type : "DoAction";
  }

  private static <T extends Message> T unpack(byte[] body, Class<T> type)
      throws InvalidProtocolBufferException {
    return Any.parseFrom(body).unpack(type);
  }

  private static org.apache.arrow.flight.Result packed(Message message) {
    return new org.apache.arrow.flight.Result(Any.pack(message).toByteArray());
  }

  private static org.apache.arrow.flight.Result plain(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return new org.apache.arrow.flight.Result(bytes);
  }

  private org.apache.arrow.flight.Result prepare(Gate gate, byte[] body)
      throws InvalidProtocolBufferException {
    ActionCreatePreparedStatementRequest request =
        unpack(body, ActionCreatePreparedStatementRequest.class);
    if (request.hasTransactionId()) {
      throw Failure.of(Code.READ_ONLY, "BeginTransaction");
    }
    PreparedSql sql = statements.read(gate, request.getQuery());
    String handle = statements.prepare(gate.caller(), sql);
    return packed(
        ActionCreatePreparedStatementResult.newBuilder()
            .setPreparedStatementHandle(ByteString.copyFromUtf8(handle))
            .setDatasetSchema(bytes(Fields.answer(sql.columns())))
            .setParameterSchema(bytes(Fields.parameters(sql.parameters())))
            .build());
  }

  private static ByteString bytes(Schema schema) {
    return ByteString.copyFrom(schema.serializeAsMessage());
  }

  private Optional<org.apache.arrow.flight.Result> close(Gate gate, byte[] body)
      throws InvalidProtocolBufferException {
    ByteString handle =
        unpack(body, ActionClosePreparedStatementRequest.class).getPreparedStatementHandle();
    statements.close(gate.caller(), handle.toStringUtf8());
    return Optional.empty();
  }

  private org.apache.arrow.flight.Result cancel(Gate gate, byte[] body)
      throws IOException, URISyntaxException {
    FlightInfo info = CancelFlightInfoRequest.deserialize(ByteBuffer.wrap(body)).getInfo();
    CancelStatus status =
        cancel(gate, info) ? CancelStatus.CANCELLED : CancelStatus.NOT_CANCELLABLE;
    return plain(new CancelFlightInfoResult(status).serialize());
  }

  private boolean cancel(Gate gate, FlightInfo info) throws InvalidProtocolBufferException {
    Caller caller = gate.caller();
    boolean cancelled = false;
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      Any ticket = Any.parseFrom(endpoint.getTicket().getBytes());
      if (ticket.is(TicketStatementQuery.class)) {
        ByteString handle = ticket.unpack(TicketStatementQuery.class).getStatementHandle();
        cancelled |= statements.cancel(caller, handle.toStringUtf8());
      }
    }
    return cancelled;
  }

  private org.apache.arrow.flight.Result set(Gate gate, byte[] body) throws IOException {
    Map<String, SetSessionOptionsResult.Error> errors = new HashMap<>();
    SetSessionOptionsRequest.deserialize(ByteBuffer.wrap(body))
        .getSessionOptions()
        .forEach(
            (name, value) ->
                set(gate, name, value)
                    .ifPresent(
                        error -> errors.put(name, new SetSessionOptionsResult.Error(error))));
    if (!sessions.isKept(gate.session())) {
      sessions.keep(gate.session());
      gate.remember();
    }
    return plain(new SetSessionOptionsResult(errors).serialize());
  }

  /** What is wrong with it, if anything; a catalog of another is an error with a text. */
  private static Optional<ErrorValue> set(Gate gate, String name, SessionOptionValue value) {
    if (!CATALOG.contains(name)) {
      return Optional.of(ErrorValue.INVALID_NAME);
    }
    if (value.isEmpty()) {
      gate.session().noCatalog();
      return Optional.empty();
    }
    Optional<String> text = value.acceptVisitor(new OptionText());
    text.ifPresent(gate.session()::catalog);
    return text.isPresent() ? Optional.empty() : Optional.of(ErrorValue.INVALID_VALUE);
  }

  private static org.apache.arrow.flight.Result options(Gate gate) {
    Map<String, SessionOptionValue> options = new HashMap<>();
    gate.catalog()
        .ifPresent(
            catalog ->
                options.put(
                    CATALOG.get(0), SessionOptionValueFactory.makeSessionOptionValue(catalog)));
    return plain(new GetSessionOptionsResult(options).serialize());
  }

  private org.apache.arrow.flight.Result closeSession(Gate gate) {
    sessions.end(gate.session());
    return plain(new CloseSessionResult(CloseSessionResult.Status.CLOSED).serialize());
  }
}
