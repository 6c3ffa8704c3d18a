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

  /** Three codes of at most 15 bits, and what stays behind, fit into a long. */
  private static final int AT_ONCE = 3;

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
   * @param codes a code and, in its lowest four bits, the number of its bits
   */
  void add(byte[] source, int from, int until, int[] codes) {
    long waiting = pending;
    int bits = count;
    int at = size;
    for (int i = from; i < until; ) {
      for (int stop = Math.min(until, i + AT_ONCE); i < stop; i++) {
        int code = codes[source[i] & 0xff];
        waiting |= (long) (code >>> 4) << bits;
        bits += code & 15;
      }
      LONGS.set(bytes, at, waiting);
      at += bits >>> 3;
      waiting >>>= bits & ~7;
      bits &= 7;
    }
    pending = waiting;
    count = bits;
    size = at;
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
