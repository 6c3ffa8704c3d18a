package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.http.Exchange;

/** A way to write a batch down. */
interface Form {
  /**
   * @throws nl.ketendata.server.failure.Failure KD540 when it is not in this form
   */
  List<Part> read(byte[] body);

  /** Whether a batch in this form goes on after an error when the client does not say. */
  boolean goesOn();

  /**
   * Begins an answer in this form.
   *
   * @param applied the wish of the client that is met
   */
  Answers begin(Exchange exchange, Optional<String> applied) throws IOException;
}
