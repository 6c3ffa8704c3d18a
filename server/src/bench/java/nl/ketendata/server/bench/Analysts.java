package nl.ketendata.server.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Analysts who ask mixed questions over connections of their own, each the next one as soon as the
 * last is answered and thought about. No question is asked twice, so that no kept answer helps.
 */
final class Analysts implements AutoCloseable {
  private static final String PRODUCTS = "JW301_ToegewezenProduct";

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Double> seconds = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * What they met.
   *
   * @param answered questions
   * @param errors what went wrong, one for each question
   * @param median seconds
   * @param p95 seconds
   * @param p99 seconds
   */
  record Met(int answered, List<String> errors, double median, double p95, double p99) {
    static Met of(Collection<Double> seconds, Collection<String> errors) {
      double[] figures = seconds.stream().mapToDouble(d -> d).toArray();
      List<String> kinds = errors.stream().map(Met::kind).toList();
      return figures.length == 0
          ? new Met(0, kinds, 0, 0, 0)
          : new Met(
              figures.length,
              kinds,
              Rounds.quantile(figures, 0.5),
              Rounds.quantile(figures, 0.95),
              Rounds.quantile(figures, 0.99));
    }

    /** The status, without the address that it was for. */
    private static String kind(String error) {
      return error.replaceAll("https?://.*", "").strip();
    }

    @Override
    public String toString() {
      return Table.format(
              "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, %,d answers, %d errors",
              median * 1_000, p95 * 1_000, p99 * 1_000, answered, errors.size())
          + kinds();
    }

    private String kinds() {
      Map<String, Integer> times = new TreeMap<>();
      errors.forEach(error -> times.merge(error, 1, Integer::sum));
      return times.isEmpty() ? "" : " " + times;
    }
  }

  private Analysts() {}

  /**
   * @param root of the product, with a slash at its end
   * @param number of analysts
   * @param thinkMillis at most between an answer and the next question
   */
  static Analysts start(String root, int number, int thinkMillis) {
    Analysts analysts = new Analysts();
    for (int i = 0; i < number; i++) {
      Random random = new Random(31L * i + number);
      Thread thread =
          new Thread(() -> analysts.work(root, random, thinkMillis), "bench-analyst-" + i);
      thread.setDaemon(true);
      analysts.threads.add(thread);
    }
    analysts.threads.forEach(Thread::start);
    return analysts;
  }

  private void work(String root, Random random, int thinkMillis) {
    while (!stopped.get()) {
      long started = System.nanoTime();
      try {
        Web.get(root + question(random), false);
        seconds.add(Rounds.since(started));
      } catch (IOException e) {
        errors.add(String.valueOf(e.getMessage()));
      }
      think(thinkMillis == 0 ? 0 : random.nextInt(thinkMillis));
    }
  }

  private static void think(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String question(Random random) {
    String day =
        Table.format(
            "20%d-0%d-1%d", 24 + random.nextInt(2), 1 + random.nextInt(9), random.nextInt(10));
    int number = random.nextInt(1_000_000);
    return switch (random.nextInt(7)) {
      case 0 -> PRODUCTS + "?$top=100&$count=true&$skip=" + number % 5_000;
      case 1 ->
          PRODUCTS
              + "?$select=ToegewezenProduct_Id,Product_Code,Ingangsdatum,Einddatum&$orderby="
              + "Ingangsdatum%20desc&$top=100&$filter=Ingangsdatum%20le%20"
              + day
              + "%20and%20ToewijzingNummer%20ne%20'"
              + number
              + "'";
      case 2 -> PRODUCTS + "/$count?$filter=Ingangsdatum%20ge%20" + day + "&vraag=" + number;
      case 3 -> "JW301?$top=20&$expand=ToegewezenProduct&$skip=" + number % 5_000;
      case 4 ->
          PRODUCTS
              + "?$apply=filter(Ingangsdatum%20ge%20"
              + day
              + ")/groupby((Product_Categorie),aggregate($count%20as%20Aantal))&vraag="
              + number;
      case 5 -> "JW323_Prestatie?$top=1000&$skip=" + number % 20_000;
      default -> "JW305_StartProduct?$top=50&$filter=Begindatum%20ge%20" + day + "&vraag=" + number;
    };
  }

  /** Asks on for so long, and forgets what was before. */
  Met during(double seconds) throws InterruptedException {
    forget();
    Thread.sleep((long) (seconds * 1_000));
    return met();
  }

  void forget() {
    seconds.clear();
    errors.clear();
  }

  Met met() {
    return Met.of(seconds, errors);
  }

  /** All that was met since it was forgotten, for figures over several spells. */
  void addTo(List<Double> seconds, List<String> errors) {
    seconds.addAll(this.seconds);
    errors.addAll(this.errors);
  }

  @Override
  public void close() {
    stopped.set(true);
    for (Thread thread : threads) {
      end(thread);
    }
  }

  private static void end(Thread thread) {
    try {
      thread.join(15_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
