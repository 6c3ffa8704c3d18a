package nl.ketendata.server.flight;

import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;

/**
 * A failure as Flight says it, with nothing of the server's inside. The wire has no place for a
 * SQLSTATE that the stock driver reads, so it leads the message; programs also find it in the
 * trailers {@code sqlstate} and {@code ketendata-code}.
 */
final class Refusal {
  private Refusal() {}

  static FlightRuntimeException of(Failure failure, Locale language) {
    Code code = failure.code();
    ErrorFlightMetadata trailers = new ErrorFlightMetadata();
    trailers.insert("sqlstate", code.sqlState());
    trailers.insert("ketendata-code", code.id());
    String message = code.sqlState() + " " + code.id() + " " + failure.message(language);
    return new CallStatus(status(code), null, message, trailers).toRuntimeException();
  }

  private static FlightStatusCode status(Code code) {
    if (code == Code.CANCELLED) {
      return FlightStatusCode.CANCELLED;
    }
    return switch (code.httpStatus()) {
      case 401, 429 -> FlightStatusCode.UNAUTHENTICATED;
      case 403 -> FlightStatusCode.UNAUTHORIZED;
      case 404, 410 -> FlightStatusCode.NOT_FOUND;
      case 501 -> FlightStatusCode.UNIMPLEMENTED;
      case 503, 507 -> FlightStatusCode.RESOURCE_EXHAUSTED;
      case 504 -> FlightStatusCode.TIMED_OUT;
      case 500 -> FlightStatusCode.INTERNAL;
      default -> FlightStatusCode.INVALID_ARGUMENT;
    };
  }
}
