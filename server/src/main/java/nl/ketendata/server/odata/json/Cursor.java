package nl.ketendata.server.odata.json;

import nl.ketendata.server.query.RowStream;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Goes through the rows of a stream, over the edges of its batches. */
final class Cursor {
  private final RowStream stream;
  private VectorSchemaRoot batch;
  private int rows;
  private int row = -1;
  private boolean ended;

  Cursor(RowStream stream) {
    this.stream = stream;
  }

  /** Goes to the next row; false when there is none. */
  boolean next() {
    if (ended) {
      return false;
    }
    row++;
    while (row >= rows) {
      if (!stream.advance()) {
        ended = true;
        return false;
      }
      batch = stream.batch();
      rows = batch.getRowCount();
      row = 0;
    }
    return true;
  }

  /** Whether this row is the first of its batch, so that cells must be made anew. */
  boolean fresh() {
    return row == 0;
  }

  boolean onRow() {
    return row >= 0 && !ended;
  }

  boolean started() {
    return row >= 0 || ended;
  }

  VectorSchemaRoot batch() {
    return batch;
  }

  int row() {
    return row;
  }

  /** A technical column of this row. */
  long number(int column) {
    return ((BaseIntVector) batch.getVector(column)).getValueAsLong(row);
  }
}
