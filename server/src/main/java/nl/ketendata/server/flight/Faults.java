package nl.ketendata.server.flight;

import java.util.Locale;
import java.util.UUID;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;

/** Turns whatever was thrown into a failure that may be told; the log gets the rest. */
record Faults(Events events) {
  private static final String DEEPEST = "100";

  Failure failure(Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      return Failure.of(Code.TOO_DEEP, ">" + DEEPEST, DEEPEST);
    }
    if (thrown instanceof Failure failure && failure.code() != Code.INTERNAL) {
      if (failure.code().kind() == Kind.INTERNAL) {
        events.emit(new Event.FaultFound(failure.code().id(), FlightHead.NAME, failure));
      }
      return failure;
    }
    String reference = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    events.emit(new Event.FaultFound(reference, FlightHead.NAME, thrown));
    return Failure.of(Code.INTERNAL, reference);
  }
}
