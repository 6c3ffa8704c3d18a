package nl.ketendata.server.lookup;

import java.util.Arrays;

/** The first rows of an order, of which no more are kept than are wanted. */
final class Best implements Sieve.Sink {
  /** The order of rows. */
  interface Order {
    /** Never contradicts {@link #compare}, and says nothing of rows of which it is equal. */
    long rank(int row);

    int compare(int a, int b);
  }

  private final Order order;
  private final int most;

  /** A heap: no row comes behind its parent, so that the first is the last of the order. */
  private int[] heap;

  /** The ranks of those rows. */
  private long[] ranks;

  private int size;

  Best(Order order, int most) {
    this.order = order;
    this.most = most;
    this.heap = new int[Math.min(most, 16)];
    this.ranks = new long[heap.length];
  }

  @Override
  public boolean take(int[] rows, int count) {
    for (int i = 0; i < count; i++) {
      offer(rows[i], order.rank(rows[i]));
    }
    return most > 0;
  }

  private void offer(int row, long rank) {
    if (size < most) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, (int) Math.min(most, 2L * size));
        ranks = Arrays.copyOf(ranks, heap.length);
      }
      heap[size] = row;
      ranks[size] = rank;
      up(size++);
    } else if (most > 0
        && (rank < ranks[0] || rank == ranks[0] && order.compare(row, heap[0]) < 0)) {
      heap[0] = row;
      ranks[0] = rank;
      down(size);
    }
  }

  private boolean isBehind(int a, int b) {
    return ranks[a] > ranks[b] || ranks[a] == ranks[b] && order.compare(heap[a], heap[b]) > 0;
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && isBehind(at, (at - 1) / 2)) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down(int end) {
    int at = 0;
    while (2 * at + 1 < end) {
      int child = 2 * at + 1;
      if (child + 1 < end && isBehind(child + 1, child)) {
        child++;
      }
      if (!isBehind(child, at)) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private void swap(int a, int b) {
    int row = heap[a];
    heap[a] = heap[b];
    heap[b] = row;
    long rank = ranks[a];
    ranks[a] = ranks[b];
    ranks[b] = rank;
  }

  /** The rows in order; nothing may be offered any more. */
  int[] sorted() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      down(end);
    }
    return Arrays.copyOf(heap, size);
  }
}
