package nl.ketendata.server.lookup;

import java.util.List;
import nl.ketendata.server.store.Batches;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A number as the only row of an answer. */
final class FoundCount implements Batches {
  private final BufferAllocator allocator;
  private final VectorSchemaRoot batch;
  private boolean read;
  private boolean closed;

  /**
   * @param allocator is the answer's, and closed with it
   */
  FoundCount(long count, BufferAllocator allocator) {
    BigIntVector vector = new BigIntVector("aantal", allocator);
    vector.setSafe(0, count);
    vector.setValueCount(1);
    this.allocator = allocator;
    this.batch = new VectorSchemaRoot(List.of(vector));
    batch.setRowCount(1);
  }

  @Override
  public boolean advance() {
    boolean first = !read;
    read = true;
    return first;
  }

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public VectorSchemaRoot batch() {
    return batch;
  }

  /** There is nothing left to be stopped. */
  @Override
  public void cancel() {}

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      batch.close();
      allocator.close();
    }
  }
}
