package nl.ketendata.server.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Gives to every call what a real server gave to the first one of its kind. */
final class FloorFlight extends NoOpFlightProducer {
  private final FlightClient real;
  private final BufferAllocator allocator;
  private final Map<String, List<Result>> actions = new ConcurrentHashMap<>();
  private final Map<String, FlightInfo> flights = new ConcurrentHashMap<>();
  private VectorSchemaRoot rows;

  FloorFlight(FlightClient real, BufferAllocator allocator) {
    this.real = real;
    this.allocator = allocator;
  }

  @Override
  public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
    // A statement with parameters is told them.
    String kind =
        action.getType() + new String(action.getBody(), StandardCharsets.UTF_8).contains("?");
    actions.computeIfAbsent(kind, none -> asked(action)).forEach(listener::onNext);
    listener.onCompleted();
  }

  private List<Result> asked(Action action) {
    List<Result> results = new ArrayList<>();
    for (Iterator<Result> each = real.doAction(action); each.hasNext(); ) {
      results.add(each.next());
    }
    return results;
  }

  @Override
  public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
    return flights.computeIfAbsent("", none -> real.getInfo(descriptor));
  }

  @Override
  public Runnable acceptPut(
      CallContext context, FlightStream stream, StreamListener<PutResult> listener) {
    return () -> {
      while (stream.next()) {
        stream.getRoot();
      }
      listener.onCompleted();
    };
  }

  @Override
  public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    try (VectorSchemaRoot copy = copy(ticket)) {
      listener.start(copy);
      listener.putNext();
      listener.completed();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized VectorSchemaRoot copy(Ticket ticket) throws Exception {
    if (rows == null) {
      rows = first(ticket);
    }
    return copy(rows);
  }

  @SuppressWarnings("try") // A stream may be interrupted while it closes; nobody does that.
  private VectorSchemaRoot first(Ticket ticket) throws Exception {
    try (FlightStream stream = real.getStream(ticket)) {
      stream.next();
      return copy(stream.getRoot());
    }
  }

  private VectorSchemaRoot copy(VectorSchemaRoot from) {
    VectorSchemaRoot to = VectorSchemaRoot.create(from.getSchema(), allocator);
    try (ArrowRecordBatch batch = new VectorUnloader(from).getRecordBatch()) {
      new VectorLoader(to).load(batch);
    }
    return to;
  }
}
