package nl.ketendata.server.bench;

/** Keeps cores busy and does nothing else: a neighbour with whom one shares the machine only. */
final class Burner {
  private static final long SLICE = 10_000_000;

  private Burner() {}

  /** Burns until it is ended; the argument is how many cores, as a decimal number. */
  public static void main(String[] arguments) {
    double left = Double.parseDouble(arguments[0]);
    System.out.println("burns");
    for (; left > 0.01; left -= 1) {
      double share = Math.min(1, left);
      new Thread(() -> burn(share), "bench-burner").start();
    }
  }

  private static void burn(double share) {
    try {
      while (true) {
        long end = System.nanoTime() + (long) (share * SLICE);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        long rest = (long) ((1 - share) * SLICE);
        if (rest > 0) {
          Thread.sleep(rest / 1_000_000, (int) (rest % 1_000_000));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
