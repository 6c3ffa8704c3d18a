package nl.ketendata.server.odata.json;

import java.io.IOException;

/** One column of the batch at hand. */
interface Cell {
  boolean absent(int row);

  void write(int row) throws IOException;
}
