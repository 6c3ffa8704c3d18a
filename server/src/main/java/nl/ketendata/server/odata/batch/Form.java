package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.util.List;
import nl.ketendata.server.http.Exchange;

/** A way to write a batch down. */
interface Form {
  /**
   * @throws nl.ketendata.server.failure.Failure KD540 when it is not in this form
   */
  List<Part> read(byte[] body);

  /**
   * Begins the answer, in the same form.
   *
   * @param goesOn whether the wish to go on after an error is met
   */
  Answers begin(Exchange exchange, boolean goesOn) throws IOException;
}
