package nl.ketendata.server.http.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bits into bytes, the lowest bit first. */
final class Bits {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** How far a write reaches beyond what counts. */
  private static final int BEYOND = Long.BYTES;

  /** Four codes of at most 14 bits, and what stays behind, fit into a long. */
  private static final int AT_ONCE = 4;

  private final byte[] bytes;
  private int size;
  private long pending;
  private int count;

  /**
   * @param most bytes that will be written
   */
  Bits(int most) {
    this.bytes = new byte[most + BEYOND];
  }

  /** Adds at most 56 bits, together with those added since the last {@link #flush}. */
  void add(long value, int length) {
    pending |= value << count;
    count += length;
  }

  /** Puts whole bytes in place; fewer than eight bits stay behind. */
  void flush() {
    LONGS.set(bytes, size, pending);
    size += count >>> 3;
    pending >>>= count & ~7;
    count &= 7;
  }

  /**
   * Adds the codes of bytes.
   *
   * @param codes a code of at most 14 bits and, in its lowest four bits, the number of its bits
   */
  void add(byte[] source, int from, int until, int[] codes) {
    long waiting = pending;
    int bits = count;
    int at = size;
    int i = from;
    for (; i <= until - AT_ONCE; i += AT_ONCE) {
      // Two by two, so that each addition waits for fewer others.
      int one = codes[source[i] & 0xff];
      int two = codes[source[i + 1] & 0xff];
      int three = codes[source[i + 2] & 0xff];
      int four = codes[source[i + 3] & 0xff];
      int first = (one & 15) + (two & 15);
      long firstTwo = one >>> 4 | (long) (two >>> 4) << (one & 15);
      long lastTwo = three >>> 4 | (long) (four >>> 4) << (three & 15);
      waiting |= (firstTwo | lastTwo << first) << bits;
      bits += first + (three & 15) + (four & 15);
      LONGS.set(bytes, at, waiting);
      at += bits >>> 3;
      waiting >>>= bits & ~7;
      bits &= 7;
    }
    for (; i < until; i++) {
      int code = codes[source[i] & 0xff];
      waiting |= (long) (code >>> 4) << bits;
      bits += code & 15;
    }
    pending = waiting;
    count = bits;
    size = at;
    flush();
  }

  /** Fills up the last byte. */
  void align() {
    flush();
    if (count > 0) {
      count = Byte.SIZE;
      flush();
    }
  }

  /** Adds whole bytes; to be aligned before. */
  void bytes(byte[] source, int from, int length) {
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  void clear() {
    size = 0;
    pending = 0;
    count = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
