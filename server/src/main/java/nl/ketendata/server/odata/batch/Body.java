package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
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
    if (exchange.header("Content-Length").filter(said -> longer(said, most)).isPresent()) {
      throw tooLong(most);
    }
    try (InputStream in = exchange.body()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw tooLong(most);
      }
      return body;
    }
  }

  /** Whether a client says that it sends more: then none of it is waited for. */
  private static boolean longer(String said, int most) {
    return said.matches("[0-9]+") && new BigInteger(said).compareTo(BigInteger.valueOf(most)) > 0;
  }

  private static Failure tooLong(int most) {
    return Failure.of(Code.BATCH_LIMIT, "body", ">" + most, most).about("Content-Length");
  }
}
