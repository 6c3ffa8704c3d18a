package nl.ketendata.server.query;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows in batches. One thread reads it; the one who got it closes it, read to the end or not.
 *
 * <p>Vectors are {@code VarCharVector} (text), {@code BigIntVector}, {@code IntVector} and smaller,
 * {@code DecimalVector}, {@code Float8Vector}, {@code Float4Vector}, {@code BitVector}, {@code
 * DateDayVector}, {@code TimeMicroVector} and {@code TimeStampMicroVector} (without zone: the wall
 * clock of the column's type).
 */
public interface RowStream extends AutoCloseable {

  /** The columns of every batch, by position. */
  List<OutputColumn> columns();

  /**
   * Loads the next batch into {@link #batch()}; the vectors of the one before are gone.
   *
   * @return false when there are no more rows
   */
  boolean advance();

  /** The batch that is loaded. */
  VectorSchemaRoot batch();

  /**
   * Stops the statement, from any thread; the reading thread gets KD420 and still closes the rows.
   * Does nothing once they are closed.
   */
  void cancel();

  /** Stops the statement if it still runs and gives back what it held. */
  @Override
  void close();
}
