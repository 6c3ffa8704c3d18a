package nl.ketendata.server.http.deflate;

import java.util.Arrays;

/** A Huffman code for the symbols that occur, none longer than a limit. */
final class Code {
  private static final int LONGEST = 64;

  final int[] lengths;

  /** As they are written, the first bit the lowest, above four bits that tell their length. */
  final int[] codes;

  private final int limit;
  private final long[] order;
  private final long[] weights;
  private final int[] parents;

  /**
   * @param limit the most bits of one symbol
   */
  Code(int symbols, int limit) {
    this.limit = limit;
    this.lengths = new int[symbols];
    this.codes = new int[symbols];
    this.order = new long[symbols];
    this.weights = new long[2 * symbols];
    this.parents = new int[2 * symbols];
  }

  /**
   * Makes the code. At least two symbols must occur: readers want a complete code.
   *
   * @param counts how often each symbol occurs
   */
  void make(int[] counts) {
    int used = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        order[used++] = (long) counts[symbol] << 16 | symbol;
      }
    }
    Arrays.sort(order, 0, used);
    int[] ofLength = limited(depths(used));
    Arrays.fill(lengths, 0);
    int at = 0;
    for (int length = limit; length > 0; length--) {
      for (int i = 0; i < ofLength[length]; i++) {
        lengths[(int) (order[at++] & 0xffff)] = length;
      }
    }
    number(ofLength);
  }

  /** How many symbols have each length in the best code: two queues, as the counts are sorted. */
  private int[] depths(int used) {
    for (int i = 0; i < used; i++) {
      weights[i] = order[i] >>> 16;
    }
    int leaf = 0;
    int node = used;
    int nodes = 2 * used - 1;
    for (int made = used; made < nodes; made++) {
      weights[made] = 0;
      for (int child = 0; child < 2; child++) {
        boolean takesLeaf = leaf < used && (node >= made || weights[leaf] <= weights[node]);
        int taken = takesLeaf ? leaf++ : node++;
        weights[made] += weights[taken];
        parents[taken] = made;
      }
    }
    int[] ofLength = new int[LONGEST];
    weights[nodes - 1] = 0;
    for (int i = nodes - 2; i >= 0; i--) {
      weights[i] = weights[parents[i]] + 1;
      if (i < used) {
        ofLength[(int) weights[i]]++;
      }
    }
    return ofLength;
  }

  /** Shortens what is too long, and lengthens others until all fit again. */
  private int[] limited(int[] ofLength) {
    for (int length = limit + 1; length < LONGEST; length++) {
      ofLength[limit] += ofLength[length];
    }
    long taken = 0;
    for (int length = limit; length > 0; length--) {
      taken += (long) ofLength[length] << limit - length;
    }
    for (; taken > 1L << limit; taken--) {
      ofLength[limit]--;
      int length = limit - 1;
      while (ofLength[length] == 0) {
        length--;
      }
      ofLength[length]--;
      ofLength[length + 1] += 2;
    }
    return ofLength;
  }

  /** Numbers symbols of one length in their own order, shorter ones first (RFC 1951, 3.2.2). */
  private void number(int[] ofLength) {
    int[] next = new int[limit + 1];
    int code = 0;
    for (int length = 1; length <= limit; length++) {
      code = code + (length == 1 ? 0 : ofLength[length - 1]) << 1;
      next[length] = code;
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Integer.reverse(next[length]++) >>> Integer.SIZE - length << 4 | length;
      }
    }
  }

  void write(int symbol, Bits bits) {
    bits.add(codes[symbol] >>> 4, codes[symbol] & 15);
  }

  /** The bits that so many symbols take. */
  long cost(int[] counts) {
    long bits = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      bits += (long) counts[symbol] * lengths[symbol];
    }
    return bits;
  }
}
