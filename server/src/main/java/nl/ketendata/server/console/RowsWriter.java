package nl.ketendata.server.console;

import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes rows in one form. */
interface RowsWriter extends AutoCloseable {

  /** Writes the first rows of a batch, which may be used up by it. */
  void write(VectorSchemaRoot batch, int rows) throws IOException;

  /**
   * Writes what comes behind the last row.
   *
   * @param more whether there were more rows than were asked for
   */
  void end(boolean more) throws IOException;

  /** Gives back what it holds; does not end the answer. */
  @Override
  void close() throws IOException;
}
