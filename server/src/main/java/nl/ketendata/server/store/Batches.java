package nl.ketendata.server.store;

import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows that come in batches. One thread reads; any thread may {@link #cancel}. */
public interface Batches extends AutoCloseable {
  /**
   * Loads the next batch; the first call begins the work.
   *
   * @return false when there are no more rows
   */
  boolean advance();

  /** Whether the batch is as large as batches get, so that another one may follow. */
  boolean full();

  /** The batch that was loaded last. */
  VectorSchemaRoot batch();

  /** Stops the work, if it can still be stopped. */
  void cancel();

  @Override
  void close();
}
