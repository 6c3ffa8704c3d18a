package nl.ketendata.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Looks every few seconds what a server holds, so that one sees whether that grows. */
final class Holdings implements AutoCloseable {
  private static final long MEGABYTE = 1 << 20;

  private final Served served;
  private final List<Held> looks = new ArrayList<>();
  private final Thread watch;

  private Holdings(Served served, int everySeconds) {
    this.served = served;
    this.watch = new Thread(() -> look(everySeconds), "bench-holdings");
    watch.setDaemon(true);
  }

  static Holdings watch(Served served, int everySeconds) {
    Holdings made = new Holdings(served, everySeconds);
    made.watch.start();
    return made;
  }

  /**
   * What a process holds.
   *
   * @param resident megabytes
   * @param heap megabytes, with what is not collected yet
   */
  record Held(long resident, long heap, long threads, long files, long statements) {
    static Held of(Served served) throws IOException {
      Path process = Path.of("/proc/" + served.child().pid());
      String metrics = Web.text(served.ready().replace("/ready", "/metrics"));
      try (Stream<Path> threads = Files.list(process.resolve("task"));
          Stream<Path> files = Files.list(process.resolve("fd"));
          Stream<String> status = Files.lines(process.resolve("status"))) {
        return new Held(
            figure(status, "VmRSS:") / 1_024,
            figure(metrics.lines(), "ketendata_heap_used_bytes ") / MEGABYTE,
            threads.count(),
            files.count(),
            figure(metrics.lines(), "ketendata_statements_open "));
      }
    }

    private static long figure(Stream<String> lines, String name) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> (long) Double.parseDouble(line.split("\\s+")[1]))
          .findFirst()
          .orElse(-1);
    }

    @Override
    public String toString() {
      return Table.format(
          "%,d MB resident, %,d MB heap, %d threads, %d files, %d statements",
          resident, heap, threads, files, statements);
    }
  }

  private void look(int everySeconds) {
    try {
      while (true) {
        try {
          add(Held.of(served));
        } catch (IOException busy) {
          // It is looked at again soon.
        }
        TimeUnit.SECONDS.sleep(everySeconds);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Held held) {
    looks.add(held);
  }

  /** Lowest and highest of the second quarter and of the last one: flat when they are alike. */
  synchronized String growth() {
    int quarter = looks.size() / 4;
    if (quarter == 0) {
      return looks.toString();
    }
    List<Held> early = looks.subList(quarter, 2 * quarter);
    List<Held> late = looks.subList(looks.size() - quarter, looks.size());
    return Table.format(
        "second quarter → last: resident %s → %s MB, heap %s → %s MB, threads %s → %s, files %s →"
            + " %s",
        span(early, Held::resident),
        span(late, Held::resident),
        span(early, Held::heap),
        span(late, Held::heap),
        span(early, Held::threads),
        span(late, Held::threads),
        span(early, Held::files),
        span(late, Held::files));
  }

  private static String span(List<Held> looks, ToLongFunction<Held> figure) {
    var all = looks.stream().mapToLong(figure).summaryStatistics();
    return all.getMin() + "–" + all.getMax();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
