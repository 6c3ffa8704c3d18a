package nl.ketendata.server.lookup;

import java.util.Arrays;

/** The first rows of an order, of which no more are kept than are wanted. */
final class Best {
  /** The order of two rows. */
  interface Order {
    int compare(int a, int b);
  }

  private final Order order;
  private final int most;

  /** A heap: no row comes behind its parent, so that the first is the last of the order. */
  private int[] heap;

  private int size;

  Best(Order order, int most) {
    this.order = order;
    this.most = most;
    this.heap = new int[Math.min(most, 16)];
  }

  void offer(int row) {
    if (size < most) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, Math.min(most, 2 * size));
      }
      heap[size] = row;
      up(size++);
    } else if (most > 0 && order.compare(row, heap[0]) < 0) {
      heap[0] = row;
      down(size);
    }
  }

  private void up(int from) {
    int at = from;
    while (at > 0 && order.compare(heap[at], heap[(at - 1) / 2]) > 0) {
      swap(at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void down(int end) {
    int at = 0;
    while (2 * at + 1 < end) {
      int child = 2 * at + 1;
      if (child + 1 < end && order.compare(heap[child + 1], heap[child]) > 0) {
        child++;
      }
      if (order.compare(heap[at], heap[child]) >= 0) {
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
