package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Whole numbers from 0, by row, each in as few bytes as the largest needs. */
final class Codes {
  private final ByteBuffer bytes;
  private final int width;

  private Codes(ByteBuffer bytes, int width) {
    this.bytes = bytes;
    this.width = width;
  }

  static Codes of(Scratch scratch, int rows, long largest) throws IOException {
    int width = largest < 1 << 8 ? 1 : largest < 1 << 16 ? 2 : largest < 1L << 32 ? 4 : 8;
    return new Codes(scratch.allocate((long) rows * width), width);
  }

  long get(int row) {
    return switch (width) {
      case 1 -> bytes.get(row) & 0xFF;
      case 2 -> bytes.getChar(row << 1);
      case 4 -> bytes.getInt(row << 2) & 0xFFFF_FFFFL;
      default -> bytes.getLong(row << 3);
    };
  }

  /** Moves the rows whose code lies within two to the front; see {@link RowTest}. */
  int keep(int[] rows, int count, long least, long most) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      long code = get(row);
      if (code >= least && code <= most) {
        rows[kept++] = row;
      }
    }
    return kept;
  }

  void set(int row, long code) {
    switch (width) {
      case 1 -> bytes.put(row, (byte) code);
      case 2 -> bytes.putChar(row << 1, (char) code);
      case 4 -> bytes.putInt(row << 2, (int) code);
      default -> bytes.putLong(row << 3, code);
    }
  }

  long bytes() {
    return bytes.capacity();
  }
}
