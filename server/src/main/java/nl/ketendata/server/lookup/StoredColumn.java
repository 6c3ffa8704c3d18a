package nl.ketendata.server.lookup;

import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.server.lookup.Lookup.Comparison;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** The values of a column, by row. */
sealed interface StoredColumn permits CodedColumn, IdColumn, TextColumn {
  boolean isNull(int row);

  /** The order of two rows by their values, neither of which is null. */
  int compare(int a, int b);

  /**
   * Tells for which rows something holds.
   *
   * @param value of the kind that this column has, else nothing is told
   */
  Optional<RowTest> test(Comparison comparison, Object value);

  /**
   * A number that never contradicts {@link #compare}: of two rows the one with the smaller number
   * comes first, and of equal numbers nothing is said. The row is not null.
   */
  long rank(int row);

  /** Equal for rows of equal values that are not null. */
  int hash(int row);

  /** The hash of rows that have this value; empty when none has. */
  OptionalInt hash(Object value);

  /** A number that hashes are hardly ever above, or the number of rows. */
  int spread();

  /** The text of a row, which is not null; only of columns of texts. */
  String text(int row);

  /** A vector for its values. */
  FieldVector vector(String name, BufferAllocator allocator);

  /** Writes the value of a row; the target is a {@link #vector}. */
  void write(int row, FieldVector target, int at);

  /** Bytes that it takes. */
  long bytes();

  /** The tests that every kind of column has. */
  default Optional<RowTest> nullTest(Comparison comparison) {
    return switch (comparison) {
      case NULL -> Optional.of((rows, count) -> keep(rows, count, true));
      case NOT_NULL -> Optional.of((rows, count) -> keep(rows, count, false));
      default -> Optional.empty();
    };
  }

  private int keep(int[] rows, int count, boolean nulls) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (isNull(row) == nulls) {
        rows[kept++] = row;
      }
    }
    return kept;
  }
}
