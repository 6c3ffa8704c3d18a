package nl.ketendata.server.http.deflate;

import java.util.Arrays;

/**
 * Packs blocks, one at a time. Made to be used again: it holds half a megabyte.
 *
 * <p>
 *
 * {@snippet :
 * byte[] packed = deflate.pack(bytes, 0, bytes.length, true);
 * }
 */
public final class Deflate {
  /** How far back a block may repeat what came before it. */
  public static final int WINDOW = Repetitions.WINDOW;

  private static final int END = 256;
  private static final int SYMBOLS = 286;
  private static final int DISTANCES = 30;
  private static final int SHORTEST = 3;
  private static final int MOST_STORED = 0xffff;

  /** Bits of the longest code of a symbol; deflate knows 15, but then fewer are added at once. */
  private static final int LONGEST_CODE = 14;

  private final int most;
  private final Repetitions repetitions;
  private final Code symbols = new Code(SYMBOLS, LONGEST_CODE);
  private final Code distances = new Code(DISTANCES, 15);
  private final Lengths lengths = new Lengths();
  private final int[] symbolCounts = new int[SYMBOLS];
  private final int[] distanceCounts = new int[DISTANCES];

  /** What is written for each length: its bits, above five bits that tell their number. */
  private final int[] told = new int[Repetitions.LONGEST + 1];

  private final Bits bits;

  /**
   * @param most bytes of a block
   */
  public Deflate(int most) {
    this.most = most;
    this.repetitions = new Repetitions(most);
    this.bits = new Bits(most + most / MOST_STORED * 5 + 64);
  }

  /**
   * Packs a block into whole bytes, so that blocks can be packed apart and put behind each other.
   *
   * @param from where it begins; up to {@link #WINDOW} bytes before it are those that come before
   *     it in the whole
   * @param last whether no block follows
   */
  public byte[] pack(byte[] bytes, int from, int length, boolean last) {
    if (length > most) {
      throw new IllegalArgumentException(length + " bytes, at most " + most);
    }
    bits.clear();
    if (length > 0) {
      block(bytes, from, length);
    }
    // An empty block of the shortest form ends it; an empty stored one ends at a whole byte.
    if (last) {
      bits.add(0b011, 3 + 7);
      bits.align();
    } else {
      stored(bytes, 0, 0);
    }
    return bits.toArray();
  }

  private void block(byte[] bytes, int from, int length) {
    repetitions.find(bytes, from, from + length);
    long extra = count(bytes, from);
    symbols.make(symbolCounts);
    distances.make(distanceCounts);
    lengths.make(symbols.lengths, distances.lengths);
    long cost =
        lengths.cost() + symbols.cost(symbolCounts) + distances.cost(distanceCounts) + extra;
    if (cost > (long) length * Byte.SIZE) {
      for (int done = 0; done < length; done += MOST_STORED) {
        stored(bytes, from + done, Math.min(MOST_STORED, length - done));
      }
      return;
    }
    bits.add(0b100, 3);
    lengths.write(bits);
    tellLengths();
    write(bytes, from);
  }

  /** Counts the symbols; the bits that come on top of them. */
  private long count(byte[] bytes, int from) {
    Arrays.fill(symbolCounts, 0);
    Arrays.fill(distanceCounts, 0);
    symbolCounts[END] = 1;
    // Readers want a complete code, which takes two.
    distanceCounts[0] = 1;
    distanceCounts[1] = 1;
    long extra = 0;
    int at = from;
    for (int i = 0; i < repetitions.count(); i++) {
      for (int end = at + repetitions.literals(i); at < end; at++) {
        symbolCounts[bytes[at] & 0xff]++;
      }
      int length = repetitions.length(i);
      if (length > 0) {
        symbolCounts[lengthSymbol(length)]++;
        int distance = repetitions.distance(i);
        distanceCounts[distanceSymbol(distance)]++;
        extra += lengthExtra(length) + distanceExtra(distance);
        at += length;
      }
    }
    return extra;
  }

  private void write(byte[] bytes, int from) {
    int at = from;
    for (int i = 0; i < repetitions.count(); i++) {
      int end = at + repetitions.literals(i);
      bits.add(bytes, at, end, symbols.codes);
      at = end;
      int length = repetitions.length(i);
      if (length > 0) {
        repetition(length, repetitions.distance(i));
        at += length;
      }
    }
    symbols.write(END, bits);
    bits.flush();
  }

  private void tellLengths() {
    for (int length = SHORTEST; length <= Repetitions.LONGEST; length++) {
      int extra = lengthExtra(length);
      int code = symbols.codes[lengthSymbol(length)];
      int count = code & 15;
      int value = code >>> 4 | (length - SHORTEST & (1 << extra) - 1) << count;
      told[length] = value << 5 | count + extra;
    }
  }

  /** At most 14 + 5 + 15 + 13 bits, and seven that stayed behind. */
  private void repetition(int length, int distance) {
    long value = told[length] >>> 5;
    int count = told[length] & 31;
    int more = distanceExtra(distance);
    int code = distances.codes[distanceSymbol(distance)];
    value |= (long) (code >>> 4) << count;
    count += code & 15;
    value |= (long) (distance - 1 & (1 << more) - 1) << count;
    bits.add(value, count + more);
    bits.flush();
  }

  private void stored(byte[] bytes, int from, int length) {
    bits.add(0, 3);
    bits.align();
    bits.add(length | (long) ~length << 16 & 0xffff_0000L, 32);
    bits.flush();
    bits.bytes(bytes, from, length);
  }

  // The tables of RFC 1951, 3.2.5, as sums: each further bit serves four lengths or two distances.

  private static int lengthExtra(int length) {
    int beyond = length - SHORTEST;
    return beyond < 8 || length == Repetitions.LONGEST
        ? 0
        : 29 - Integer.numberOfLeadingZeros(beyond);
  }

  private static int lengthSymbol(int length) {
    if (length == Repetitions.LONGEST) {
      return SYMBOLS - 1;
    }
    int extra = lengthExtra(length);
    return END + 1 + 4 * extra + (length - SHORTEST >> extra);
  }

  private static int distanceExtra(int distance) {
    int beyond = distance - 1;
    return beyond < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(beyond);
  }

  private static int distanceSymbol(int distance) {
    int extra = distanceExtra(distance);
    return 2 * extra + (distance - 1 >> extra);
  }
}
