package nl.ketendata.server.http.deflate;

import java.util.Arrays;

/** The lengths of two codes, themselves packed, at the head of a block (RFC 1951, 3.2.7). */
final class Lengths {
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int AGAIN = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int SYMBOLS = 19;
  private static final int LEAST_SYMBOLS = 257;

  private final int[] all = new int[286 + 30];
  private final int[] items = new int[286 + 30];
  private final int[] counts = new int[SYMBOLS];
  private final Code code = new Code(SYMBOLS, 7);
  private int symbols;
  private int distances;
  private int size;
  private int told;

  /** Takes the lengths of a block's codes. */
  void make(int[] ofSymbols, int[] ofDistances) {
    symbols = Math.max(LEAST_SYMBOLS, used(ofSymbols));
    distances = used(ofDistances);
    System.arraycopy(ofSymbols, 0, all, 0, symbols);
    System.arraycopy(ofDistances, 0, all, symbols, distances);
    Arrays.fill(counts, 0);
    size = 0;
    for (int at = 0; at < symbols + distances; ) {
      at += run(at);
    }
    // Readers want a complete code, which takes two.
    counts[0] = Math.max(1, counts[0]);
    counts[1] = Math.max(1, counts[1]);
    code.make(counts);
    told = SYMBOLS;
    while (told > 4 && code.lengths[ORDER[told - 1]] == 0) {
      told--;
    }
  }

  private static int used(int[] lengths) {
    int used = lengths.length;
    while (used > 0 && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** Adds an item for equal lengths; how many it tells of. */
  private int run(int at) {
    int until = at + 1;
    while (until < symbols + distances && all[until] == all[at]) {
      until++;
    }
    int same = until - at;
    boolean again = at > 0 && all[at - 1] == all[at];
    if (all[at] == 0 && same >= 11) {
      int zeros = Math.min(same, 138);
      return item(MANY_ZEROS, zeros - 11, zeros);
    }
    if (all[at] == 0 && same >= 3) {
      return item(ZEROS, same - 3, same);
    }
    if (again && all[at] != 0 && same >= 3) {
      int repeats = Math.min(same, 6);
      return item(AGAIN, repeats - 3, repeats);
    }
    return item(all[at], 0, 1);
  }

  private int item(int symbol, int extra, int tells) {
    items[size++] = symbol | extra << 8;
    counts[symbol]++;
    return tells;
  }

  private static int extra(int symbol) {
    return switch (symbol) {
      case AGAIN -> 2;
      case ZEROS -> 3;
      case MANY_ZEROS -> 7;
      default -> 0;
    };
  }

  /** The bits that it takes. */
  long cost() {
    return 17
        + 3L * told
        + code.cost(counts)
        + 2L * counts[AGAIN]
        + 3L * counts[ZEROS]
        + 7L * counts[MANY_ZEROS];
  }

  void write(Bits bits) {
    bits.add(symbols - LEAST_SYMBOLS | distances - 1 << 5 | told - 4 << 10, 14);
    bits.flush();
    for (int i = 0; i < told; i++) {
      bits.add(code.lengths[ORDER[i]], 3);
      bits.flush();
    }
    for (int i = 0; i < size; i++) {
      int symbol = items[i] & 0xff;
      code.write(symbol, bits);
      bits.add(items[i] >> 8, extra(symbol));
      bits.flush();
    }
  }
}
