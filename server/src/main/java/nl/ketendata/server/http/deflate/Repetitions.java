package nl.ketendata.server.http.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds where bytes repeat earlier ones, with one look-up for each place. Rows of one table repeat
 * each other piece by piece at one distance, so that of the last two repetitions is tried first.
 */
final class Repetitions {
  /** The longest that deflate can tell of at once, and how far back it can look. */
  static final int LONGEST = 258;

  static final int WINDOW = 32 * 1024;

  /** A distance beyond the beginning of any block. */
  private static final int FAR = Integer.MAX_VALUE / 2;

  /** Further back than any window. */
  private static final int NOWHERE = Integer.MIN_VALUE / 2;

  /** Shorter ones take more bits than the bytes themselves, when these are digits. */
  private static final int SHORTEST = 6;

  private static final int HASH_BITS = 14;

  /**
   * Two places (two to this power) without a repetition make the steps one longer: hashed values
   * repeat nothing. Little is missed so, as what is found is also followed back.
   */
  private static final int PATIENCE = 1;

  /** As far as a row or two: what lies further back is seldom the nearest. */
  private static final int LOOK_BACK = 8 * 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] places = new int[1 << HASH_BITS];
  private final long[] found;
  private int count;

  /**
   * @param most bytes that are looked at at once
   */
  Repetitions(int most) {
    this.found = new long[most / SHORTEST + 2];
  }

  /**
   * Looks through bytes.
   *
   * @param from where they begin; what comes before may be repeated
   */
  void find(byte[] bytes, int from, int until) {
    count = 0;
    Arrays.fill(places, NOWHERE);
    int last = until - Long.BYTES;
    for (int at = Math.max(0, from - LOOK_BACK); at < Math.min(from, last); at++) {
      places[hash((long) LONGS.get(bytes, at))] = at;
    }
    int literals = from;
    int misses = 0;
    int distance = FAR;
    int before = FAR;
    for (int at = from; at <= last; ) {
      long here = (long) LONGS.get(bytes, at);
      int hash = hash(here);
      int earlier = places[hash];
      places[hash] = at;
      if (repeats(bytes, here, at - distance)) {
        earlier = at - distance;
      } else if (repeats(bytes, here, at - before)) {
        earlier = at - before;
      } else if (at - earlier > WINDOW || !repeats(bytes, here, earlier)) {
        at += 1 + (misses++ >> PATIENCE);
        continue;
      }
      misses = 0;
      int length = same(bytes, earlier, at, until);
      while (at > literals && earlier > 0 && bytes[at - 1] == bytes[earlier - 1]) {
        at--;
        earlier--;
        length++;
      }
      length = Math.min(length, LONGEST);
      if (at - earlier != distance) {
        before = distance;
        distance = at - earlier;
      }
      add(at - literals, length, distance);
      at += length;
      literals = at;
    }
    add(until - literals, 0, 0);
  }

  private static boolean repeats(byte[] bytes, long here, int earlier) {
    return earlier >= 0 && six(here ^ (long) LONGS.get(bytes, earlier)) == 0;
  }

  private void add(int literals, int length, int distance) {
    found[count++] = (long) literals << 32 | (long) length << 16 | distance;
  }

  private static int hash(long bytes) {
    return (int) (six(bytes) * 0x9E37_79B1_85EB_CA87L >>> Long.SIZE - HASH_BITS);
  }

  /** The first six of eight bytes. */
  private static long six(long eight) {
    return eight << 2 * Byte.SIZE;
  }

  private static int same(byte[] bytes, int one, int other, int until) {
    int most = Math.min(LONGEST, until - other);
    int length = SHORTEST;
    for (; length <= most - Long.BYTES; length += Long.BYTES) {
      long difference =
          (long) LONGS.get(bytes, one + length) ^ (long) LONGS.get(bytes, other + length);
      if (difference != 0) {
        return length + (Long.numberOfTrailingZeros(difference) >>> 3);
      }
    }
    while (length < most && bytes[one + length] == bytes[other + length]) {
      length++;
    }
    return length;
  }

  int count() {
    return count;
  }

  /** Bytes before the repetition that are no repetition. */
  int literals(int index) {
    return (int) (found[index] >>> 32);
  }

  /** Nothing for what comes after the last repetition. */
  int length(int index) {
    return (int) (found[index] >>> 16) & 0xffff;
  }

  int distance(int index) {
    return (int) found[index] & 0xffff;
  }
}
