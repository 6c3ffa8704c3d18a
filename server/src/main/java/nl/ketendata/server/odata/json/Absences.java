package nl.ketendata.server.odata.json;

import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** Which of up to 64 columns have no value, for each row of a batch. */
final class Absences {
  private static final byte ALL = (byte) 0xff;

  private long[] rows = {};

  /** Begins with a batch in which nothing is absent. */
  void clear(int count) {
    if (rows.length != count) {
      rows = new long[count];
      return;
    }
    Arrays.fill(rows, 0);
  }

  /** Looks at all rows of one column: at eight at once, for most are alike. */
  void add(FieldVector vector, int column) {
    if (vector.getNullCount() == 0) {
      return;
    }
    long bit = 1L << column;
    ArrowBuf valid = vector.getValidityBuffer();
    for (int row = 0; row < rows.length; row += Byte.SIZE) {
      byte eight = valid.getByte(row / Byte.SIZE);
      if (eight != ALL) {
        add(row, ~eight, bit);
      }
    }
  }

  private void add(int from, int absent, long bit) {
    int until = Math.min(from + Byte.SIZE, rows.length);
    for (int row = from; row < until; row++) {
      if ((absent >> row - from & 1) != 0) {
        rows[row] |= bit;
      }
    }
  }

  /** A bit for each column; the one of the first column is the lowest. */
  long of(int row) {
    return rows[row];
  }
}
