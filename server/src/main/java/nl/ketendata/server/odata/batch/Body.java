package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.io.InputStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;

/** Reads a body that must be small. */
final class Body {
  private Body() {}

  /**
   * @throws Failure KD541 when it has more bytes
   */
  static byte[] read(Exchange exchange, int most) throws IOException {
    try (InputStream in = exchange.body()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw Failure.of(Code.BATCH_LIMIT, "body", ">" + most, most);
      }
      return body;
    }
  }
}
