package nl.ketendata.server.query;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Where a batch stands while its cursor loads the next one. Buffers are handed over, not copied.
 */
final class Shelf implements AutoCloseable {
  private final VectorSchemaRoot batch;

  /**
   * @param first of the batches to come: the types and the memory are the same
   */
  Shelf(VectorSchemaRoot first) {
    this.batch = VectorSchemaRoot.create(first.getSchema(), first.getVector(0).getAllocator());
  }

  /** Takes the rows of a batch over; that one is empty afterwards. */
  void take(VectorSchemaRoot loaded) {
    for (int i = 0; i < loaded.getFieldVectors().size(); i++) {
      FieldVector vector = batch.getVector(i);
      vector.clear();
      loaded.getVector(i).makeTransferPair(vector).transfer();
    }
    batch.setRowCount(loaded.getRowCount());
  }

  VectorSchemaRoot batch() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
