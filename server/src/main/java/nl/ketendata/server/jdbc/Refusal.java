package nl.ketendata.server.jdbc;

import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/** A failure as Avatica says it, with nothing of the server's inside. */
final class Refusal {
  private Refusal() {}

  /**
   * The vendor code is the number in the failure's code, but for an unknown connection: by
   * Avatica's own number the stock driver knows that it may open the connection again ({@code
   * transparent_reconnection=true}).
   */
  static ErrorResponse of(Failure failure, Locale language) {
    Code code = failure.code();
    int vendorCode =
        code == Code.UNKNOWN_CONNECTION
            ? ErrorResponse.MISSING_CONNECTION_ERROR_CODE
            : Integer.parseInt(code.id().substring(2));
    AvaticaSeverity severity =
        code.kind() == Kind.INTERNAL ? AvaticaSeverity.FATAL : AvaticaSeverity.ERROR;
    String message = code.id() + " " + failure.message(language);
    return new ErrorResponse(List.of(), message, vendorCode, code.sqlState(), severity, null);
  }
}
