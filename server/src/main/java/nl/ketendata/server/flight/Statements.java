package nl.ketendata.server.flight;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.question.SqlQuestion;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.FlightStream;

/** The statements of all callers, and the answers that they are about to fetch. */
final class Statements {
  private final Door door;
  private final Streams streams;
  private final Handles<Prepared> prepared;
  private final Handles<Result> results;

  Statements(Door door, Streams streams, Handles<Prepared> prepared, Handles<Result> results) {
    this.door = door;
    this.streams = streams;
    this.prepared = prepared;
    this.results = results;
  }

  PreparedSql read(Gate gate, String text) {
    return door.prepare(gate.caller(), new SqlQuestion(text, gate.catalog()));
  }

  /** Keeps a statement; gives its handle. */
  String prepare(Caller caller, PreparedSql sql) {
    return prepared.add(caller, new Prepared(sql));
  }

  /**
   * @throws Failure KD561 when the caller has no such statement
   */
  Prepared prepared(Caller caller, String handle) {
    return prepared.find(caller, handle).orElseThrow(() -> unknown(handle));
  }

  void close(Caller caller, String handle) {
    prepared.remove(caller, handle);
  }

  /** Reads the values that a client sends for the parameters of a statement. */
  void bind(Caller caller, String handle, FlightStream values) {
    Prepared statement = prepared(caller, handle);
    statement.parameters(Parameters.read(statement.sql().parameters(), values));
  }

  /** Keeps an answer for its client to fetch; gives its handle. */
  String offer(Caller caller, Result result) {
    return results.add(caller, result);
  }

  /**
   * Sends the rows of an answer.
   *
   * @throws Failure KD561 when the caller has no such answer
   */
  void send(Gate gate, String handle, ServerStreamListener listener) {
    Caller caller = gate.caller();
    Result result = results.find(caller, handle).orElseThrow(() -> unknown(handle));
    streams.send(result, () -> door.run(caller, result.sql(), result.parameters()), gate, listener);
  }

  /** Stops an answer, being sent or not; false when there is no such answer. */
  boolean cancel(Caller caller, String handle) {
    Optional<Result> result = results.remove(caller, handle);
    result.ifPresent(Result::cancel);
    return result.isPresent();
  }

  /** Forgets what nobody used for too long. */
  void forgetIdle() {
    prepared.removeIdle();
    results.removeIdle();
  }

  List<Integer> sizes() {
    return List.of(prepared.size(), results.size());
  }

  /** A handle is a secret of its caller and any text of others: it is not shown. */
  private static Failure unknown(String handle) {
    return Failure.of(Code.UNKNOWN_HANDLE, handle.length() > 6 ? handle.substring(0, 6) : handle);
  }
}
