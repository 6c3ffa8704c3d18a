package nl.ketendata.server.flight;

import java.util.Locale;
import java.util.UUID;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import org.apache.arrow.flight.FlightRuntimeException;

/**
 * Turns whatever was thrown into a refusal that may be told; the log gets the rest. What is refused
 * is audited; what is read, the door sees to.
 */
record Faults(Events events, Auditor auditor) {
  private static final String DEEPEST = "100";
  private static final int FORBIDDEN = 403;

  FlightRuntimeException refusal(Gate gate, Throwable thrown) {
    Failure failure = failure(thrown);
    if (!gate.isBareCall()) {
      auditor.record(
          new Entry(
              act(gate, failure.code()),
              gate.name(),
              gate.payer(),
              gate.address(),
              FlightHead.NAME + " " + gate.method(),
              failure.code().id(),
              0));
    }
    return Refusal.of(failure, gate.language());
  }

  private static Act act(Gate gate, Code code) {
    if (!gate.isSignedIn() && code != Code.BUSY) {
      return Act.AANMELDING_GEWEIGERD;
    }
    if (code == Code.UNKNOWN_ORGANISATION) {
      return Act.ANDERE_ORGANISATIE;
    }
    return code.httpStatus() == FORBIDDEN ? Act.NIET_TOEGESTAAN : Act.VERZOEK;
  }

  private Failure failure(Throwable thrown) {
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
