package nl.ketendata.server.lookup;

import java.util.Arrays;

/** Rows that were found, up to a number. */
final class RowList implements Sieve.Sink {
  private final int most;
  private int[] rows = new int[16];
  private int size;

  RowList(int most) {
    this.most = most;
  }

  @Override
  public boolean take(int[] found, int count) {
    int taken = Math.min(count, most - size);
    if (size + taken > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(size + taken, (int) Math.min(most, 2L * rows.length)));
    }
    System.arraycopy(found, 0, rows, size, taken);
    size += taken;
    return size < most;
  }

  void add(int[] all) {
    take(all, all.length);
  }

  /** Without some at the beginning. */
  int[] from(long skip) {
    return Arrays.copyOfRange(rows, (int) Math.min(skip, size), size);
  }
}
