package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.vector.VarCharVector;

/** Texts by number, as UTF-8; compared by their bytes, as the engine does. */
final class Texts {
  private static final int NULL = 1 << 31;

  /** Where each begins, with the highest bit for null; and where the last one ends. */
  private final ByteBuffer begins;

  private final ByteBuffer bytes;
  private int count;
  private int end;

  private Texts(ByteBuffer begins, ByteBuffer bytes) {
    this.begins = begins;
    this.bytes = bytes;
  }

  /**
   * @param count how many there will be
   * @param size bytes of all together
   */
  static Texts of(Scratch scratch, int count, long size) throws IOException {
    return new Texts(scratch.allocate(4L * (count + 1)), scratch.allocate(size));
  }

  void add(byte[] text) {
    bytes.put(end, text);
    begins.putInt(4 * count++, end);
    end += text.length;
    begins.putInt(4 * count, end);
  }

  void addNull() {
    begins.putInt(4 * count++, end | NULL);
    begins.putInt(4 * count, end);
  }

  int count() {
    return count;
  }

  boolean isNull(int i) {
    return begins.getInt(4 * i) < 0;
  }

  private int begin(int i) {
    return begins.getInt(4 * i) & ~NULL;
  }

  int compare(int i, int j) {
    int a = begin(i);
    int b = begin(j);
    int own = begin(i + 1) - a;
    int other = begin(j + 1) - b;
    for (int k = 0, least = Math.min(own, other); k < least; k++) {
      int difference = Byte.compareUnsigned(bytes.get(a + k), bytes.get(b + k));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(own, other);
  }

  /** The first bytes as a number in the same order; those that are missing count as 0. */
  long rank(int i) {
    long rank = 0;
    int begin = begin(i);
    int own = Math.min(Long.BYTES, begin(i + 1) - begin);
    for (int k = 0; k < own; k++) {
      rank |= (bytes.get(begin + k) & 0xFFL) << 8 * (Long.BYTES - 1 - k);
    }
    return rank ^ Long.MIN_VALUE;
  }

  /** Below 0, 0 or above 0 as a text comes before, is or comes behind another. */
  int compare(int i, byte[] text) {
    int begin = begin(i);
    int own = begin(i + 1) - begin;
    for (int k = 0, least = Math.min(own, text.length); k < least; k++) {
      int difference = Byte.compareUnsigned(bytes.get(begin + k), text[k]);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(own, text.length);
  }

  int hash(int i) {
    int hash = 1;
    for (int k = begin(i), after = begin(i + 1); k < after; k++) {
      hash = 31 * hash + bytes.get(k);
    }
    return hash;
  }

  static int hash(byte[] text) {
    return Arrays.hashCode(text);
  }

  String text(int i) {
    byte[] own = new byte[begin(i + 1) - begin(i)];
    bytes.get(begin(i), own);
    return new String(own, StandardCharsets.UTF_8);
  }

  void write(int i, VarCharVector target, int row) {
    int begin = begin(i);
    target.setSafe(row, bytes, begin, begin(i + 1) - begin);
  }

  long bytes() {
    return (long) begins.capacity() + bytes.capacity();
  }
}
