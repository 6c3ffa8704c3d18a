package nl.ketendata.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.browse.Browser;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.PreparedSql;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;

/**
 * Answers the calls of Flight SQL. A command comes in the descriptor of a flight; what is kept for
 * it to be fetched is named in the ticket, and a listing's ticket is its command again.
 */
final class Producer implements FlightProducer {
  private final Door door;
  private final Catalogue catalogue;
  private final Statements statements;
  private final Actions actions;
  private final Streams streams;
  private final SqlInfoBuilder info;
  private final Faults faults;

  Producer(
      Door door,
      Catalogue catalogue,
      Statements statements,
      Actions actions,
      Streams streams,
      SqlInfoBuilder info,
      Faults faults) {
    this.door = door;
    this.catalogue = catalogue;
    this.statements = statements;
    this.actions = actions;
    this.streams = streams;
    this.info = info;
    this.faults = faults;
  }

  private interface Task<T> {
    T run(Gate gate) throws InvalidProtocolBufferException;
  }

  /** Whatever goes wrong is told as a refusal, with nothing of ours inside. */
  private <T> T answer(CallContext context, Task<T> task) {
    Gate gate = Gate.of(context);
    try {
      return task.run(gate);
    } catch (InvalidProtocolBufferException e) {
      throw faults.refusal(gate, Failure.of(Code.BAD_REQUEST, "Flight SQL").causedBy(e));
    } catch (RuntimeException | Error thrown) {
      throw faults.refusal(gate, thrown);
    }
  }

  private static Any command(FlightDescriptor descriptor) throws InvalidProtocolBufferException {
    byte[] bytes = Optional.ofNullable(descriptor.getCommand()).orElseThrow(Producer::unknown);
    return Any.parseFrom(bytes);
  }

  private static Failure unknown() {
    return Failure.of(Code.BAD_REQUEST, "Flight SQL");
  }

  @Override
  public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
    return answer(
        context,
        gate -> {
          Any command = command(descriptor);
          if (command.is(CommandStatementQuery.class)) {
            String text = command.unpack(CommandStatementQuery.class).getQuery();
            PreparedSql sql = statements.read(gate, text);
            return offered(gate, new Prepared(sql).result(), descriptor);
          }
          if (command.is(CommandPreparedStatementQuery.class)) {
            return offered(gate, prepared(gate, command).result(), descriptor);
          }
          if (command.is(CommandGetSqlInfo.class)) {
            return flight(Schemas.GET_SQL_INFO_SCHEMA, descriptor, descriptor.getCommand());
          }
          return flight(listing(gate, command).schema(), descriptor, descriptor.getCommand());
        });
  }

  private Prepared prepared(Gate gate, Any command) throws InvalidProtocolBufferException {
    ByteString handle =
        command.unpack(CommandPreparedStatementQuery.class).getPreparedStatementHandle();
    return statements.prepared(gate.caller(), handle.toStringUtf8());
  }

  private FlightInfo offered(Gate gate, Result result, FlightDescriptor descriptor) {
    String handle = statements.offer(gate.caller(), result);
    Message ticket =
        TicketStatementQuery.newBuilder()
            .setStatementHandle(ByteString.copyFromUtf8(handle))
            .build();
    return flight(
        Fields.answer(result.sql().columns()), descriptor, Any.pack(ticket).toByteArray());
  }

  private static FlightInfo flight(
      org.apache.arrow.vector.types.pojo.Schema schema,
      FlightDescriptor descriptor,
      byte[] ticket) {
    FlightEndpoint endpoint = FlightEndpoint.builder(new Ticket(ticket)).build();
    return FlightInfo.builder(schema, descriptor, List.of(endpoint)).setOrdered(true).build();
  }

  @Override
  public SchemaResult getSchema(CallContext context, FlightDescriptor descriptor) {
    return answer(
        context,
        gate -> {
          Any command = command(descriptor);
          if (command.is(CommandStatementQuery.class)) {
            String text = command.unpack(CommandStatementQuery.class).getQuery();
            return new SchemaResult(Fields.answer(statements.read(gate, text).columns()));
          }
          if (command.is(CommandPreparedStatementQuery.class)) {
            return new SchemaResult(Fields.answer(prepared(gate, command).sql().columns()));
          }
          if (command.is(CommandGetSqlInfo.class)) {
            return new SchemaResult(Schemas.GET_SQL_INFO_SCHEMA);
          }
          return new SchemaResult(listing(gate, command).schema());
        });
  }

  @Override
  public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    answer(
        context,
        gate -> {
          Any command = Any.parseFrom(ticket.getBytes());
          if (command.is(TicketStatementQuery.class)) {
            ByteString handle = command.unpack(TicketStatementQuery.class).getStatementHandle();
            statements.send(gate, handle.toStringUtf8(), listener);
          } else if (command.is(CommandGetSqlInfo.class)) {
            info.send(command.unpack(CommandGetSqlInfo.class).getInfoList(), listener);
          } else {
            streams.send(listing(gate, command), gate, listener);
          }
          return true;
        });
  }

  private Listing listing(Gate gate, Any command) throws InvalidProtocolBufferException {
    Names names = new Names(new Browser(door, catalogue, gate.caller()));
    if (command.is(CommandGetCatalogs.class)) {
      return names.catalogs();
    }
    if (command.is(CommandGetDbSchemas.class)) {
      return names.schemas(command.unpack(CommandGetDbSchemas.class));
    }
    if (command.is(CommandGetTables.class)) {
      return names.tables(command.unpack(CommandGetTables.class));
    }
    if (command.is(CommandGetTableTypes.class)) {
      return Names.tableTypes();
    }
    if (command.is(CommandGetPrimaryKeys.class)) {
      return names.primaryKeys(command.unpack(CommandGetPrimaryKeys.class));
    }
    if (command.is(CommandGetImportedKeys.class)) {
      return names.importedKeys(command.unpack(CommandGetImportedKeys.class));
    }
    if (command.is(CommandGetExportedKeys.class)) {
      return names.exportedKeys(command.unpack(CommandGetExportedKeys.class));
    }
    if (command.is(CommandGetCrossReference.class)) {
      return names.crossReference(command.unpack(CommandGetCrossReference.class));
    }
    if (command.is(CommandGetXdbcTypeInfo.class)) {
      return Facts.types(command.unpack(CommandGetXdbcTypeInfo.class));
    }
    throw unknown();
  }

  /** Only values for parameters may be put here: everything else would write. */
  @Override
  public Runnable acceptPut(
      CallContext context, FlightStream stream, StreamListener<PutResult> listener) {
    return () ->
        answer(
            context,
            gate -> {
              Any command = command(stream.getDescriptor());
              if (!command.is(CommandPreparedStatementQuery.class)) {
                throw Failure.of(Code.READ_ONLY, name(command));
              }
              ByteString handle =
                  command.unpack(CommandPreparedStatementQuery.class).getPreparedStatementHandle();
              statements.bind(gate.caller(), handle.toStringUtf8(), stream);
              listener.onCompleted();
              return true;
            });
  }

  private static String name(Any command) {
    String url = command.getTypeUrl();
    String name = url.substring(url.lastIndexOf('.') + 1);
    return name.matches("[A-Za-z]{1,60}") ? name : "DoPut";
  }

  @Override
  public void doAction(
      CallContext context, Action action, StreamListener<org.apache.arrow.flight.Result> listener) {
    answer(
        context,
        gate -> {
          actions.run(gate, action).ifPresent(listener::onNext);
          listener.onCompleted();
          return true;
        });
  }

  @Override
  public void listActions(CallContext context, StreamListener<ActionType> listener) {
    Actions.TYPES.forEach(listener::onNext);
    listener.onCompleted();
  }

  /** There are no flights but those that somebody asks for. */
  @Override
  public void listFlights(
      CallContext context, Criteria criteria, StreamListener<FlightInfo> listener) {
    listener.onCompleted();
  }
}
