package nl.ketendata.server.lookup;

import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Batches;
import nl.ketendata.server.store.DataVersion;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows that were found, written batch by batch. */
final class FoundRows implements Batches {
  private static final int BATCH = 4096;

  private final TableColumns table;
  private final List<String> columns;
  private final Found found;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot batch;
  private int next;
  private volatile boolean cancelled;
  private boolean closed;

  private FoundRows(
      TableColumns table,
      List<String> columns,
      Found found,
      BufferAllocator allocator,
      VectorSchemaRoot batch) {
    this.table = table;
    this.columns = columns;
    this.found = found;
    this.allocator = allocator;
    this.batch = batch;
  }

  /**
   * @param allocator is the answer's, and closed with it
   */
  static FoundRows of(
      TableColumns table, List<String> columns, Found found, BufferAllocator allocator) {
    List<FieldVector> vectors =
        columns.stream().map(name -> vector(table, name, allocator)).toList();
    return new FoundRows(table, columns, found, allocator, new VectorSchemaRoot(vectors));
  }

  private static FieldVector vector(TableColumns table, String name, BufferAllocator allocator) {
    return name.equals(DataVersion.POSITION) || name.equals(Lookup.ORDINAL)
        ? new BigIntVector(name, allocator)
        : table.column(name).vector(name, allocator);
  }

  @Override
  public boolean advance() {
    if (cancelled) {
      throw Failure.of(Code.CANCELLED);
    }
    int count = Math.min(BATCH, found.rows().length - next);
    if (count == 0) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      fill(columns.get(i), batch.getVector(i), count);
    }
    batch.setRowCount(count);
    next += count;
    return true;
  }

  private void fill(String name, FieldVector target, int count) {
    target.clear();
    target.setInitialCapacity(count);
    int[] rows = found.rows();
    if (name.equals(Lookup.ORDINAL)) {
      for (int i = 0; i < count; i++) {
        ((BigIntVector) target).setSafe(i, found.ordinal(next + i));
      }
    } else if (name.equals(DataVersion.POSITION)) {
      for (int i = 0; i < count; i++) {
        ((BigIntVector) target).setSafe(i, table.position(rows[next + i]));
      }
    } else {
      StoredColumn column = table.column(name);
      for (int i = 0; i < count; i++) {
        column.write(rows[next + i], target, i);
      }
    }
    target.setValueCount(count);
  }

  @Override
  public boolean full() {
    return batch.getRowCount() >= BATCH;
  }

  @Override
  public VectorSchemaRoot batch() {
    return batch;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batch.close();
    allocator.close();
  }
}
