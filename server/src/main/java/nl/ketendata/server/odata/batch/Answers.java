package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The answers to the parts of a batch, written one after the other. */
interface Answers {

  /** Begins the answer to a part; closing the stream ends it. */
  OutputStream part(Part part, int status, Map<String, String> headers) throws IOException;

  /** Ends the answer to the batch. */
  void end() throws IOException;
}
