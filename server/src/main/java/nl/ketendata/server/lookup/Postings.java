package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The rows by the hash of their value in a column, ascending: those of one value lie together, and
 * perhaps some of another with them. Where the hashes are codes, that is the order of the values.
 */
final class Postings {
  /** Numbers up to this are their own bucket. */
  private static final int EXACT = 0xFFFF;

  private final StoredColumn column;
  private final int mask;
  private final ByteBuffer begins;
  private final ByteBuffer rows;

  private Postings(StoredColumn column, int mask, ByteBuffer begins, ByteBuffer rows) {
    this.column = column;
    this.mask = mask;
    this.begins = begins;
    this.rows = rows;
  }

  /** Counts the rows of each hash, lays those out, and puts each row in its place. */
  static Postings of(Scratch scratch, StoredColumn column, int rows) throws IOException {
    int most = Math.max(1, Math.min(rows, column.spread()));
    int mask = most >= 1 << 30 ? (1 << 30) - 1 : (Integer.highestOneBit(most) << 1) - 1;
    ByteBuffer begins = scratch.allocate(4L * (mask + 2));
    Postings postings = new Postings(column, mask, begins, scratch.allocate(4L * rows));
    postings.count(rows);
    postings.place(rows);
    return postings;
  }

  private int bucket(int hash) {
    return (hash ^ hash >>> 16) & mask;
  }

  private void count(int all) {
    for (int row = 0; row < all; row++) {
      int at = 4 * bucket(column.hash(row));
      begins.putInt(at, begins.getInt(at) + 1);
    }
    int end = 0;
    for (int bucket = 0; bucket <= mask; bucket++) {
      end += begins.getInt(4 * bucket);
      begins.putInt(4 * bucket, end);
    }
    begins.putInt(4 * (mask + 1), end);
  }

  /** From the last row on, so that each bucket's end moves to its begin. */
  private void place(int all) {
    for (int row = all - 1; row >= 0; row--) {
      int at = 4 * bucket(column.hash(row));
      int place = begins.getInt(at) - 1;
      begins.putInt(at, place);
      rows.putInt(4 * place, row);
    }
  }

  /** At most so many rows have the value. */
  int most(Object value) {
    OptionalInt hash = column.hash(value);
    if (hash.isEmpty()) {
      return 0;
    }
    return size(bucket(hash.getAsInt()));
  }

  private int size(int bucket) {
    return begins.getInt(4 * bucket + 4) - begins.getInt(4 * bucket);
  }

  /** The rows that may have the value, and all that have it. */
  Rows rows(Object value) {
    OptionalInt hash = column.hash(value);
    return hash.isEmpty() ? Rows.NONE : in(bucket(hash.getAsInt()));
  }

  private Rows in(int bucket) {
    return new Bucket(rows, begins.getInt(4 * bucket), size(bucket));
  }

  private record Bucket(ByteBuffer all, int begin, int size) implements Rows {
    @Override
    public void copy(int from, int[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = all.getInt(4 * (begin + from + i));
      }
    }
  }

  /** The highest code, when the rows lie in the order of their codes. */
  OptionalInt codes() {
    return column instanceof CodedColumn coded && coded.largest() <= Math.min(mask, EXACT)
        ? OptionalInt.of((int) coded.largest())
        : OptionalInt.empty();
  }

  /** How many rows have a code, 0 for null; only where there are codes. */
  int mostOf(int code) {
    return size(code);
  }

  /** The rows that have a code; only where there are codes. */
  Rows rowsOf(int code) {
    return in(code);
  }

  long bytes() {
    return (long) begins.capacity() + rows.capacity();
  }
}
