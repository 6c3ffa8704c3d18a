package nl.ketendata.server.intake;

import java.time.Duration;
import java.util.function.Consumer;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Report;

/** One delivery on its way in. Told how far it is by one thread, and looked at by others. */
public final class UnderWay implements Progress, Followed {
  private static final double NANOS = 1e9;

  private final String delivery;
  private final Consumer<Step> log;
  private final long logNanos;
  private String phase = "ontvangen";
  private String what = "";
  private long done;
  private long total;
  private long rows;
  private long began = System.nanoTime();
  private long loggedAt = began;
  private long changes;
  private long endedAt;

  UnderWay(String delivery, Consumer<Step> log, Duration logEvery) {
    this.delivery = delivery;
    this.log = log;
    this.logNanos = logEvery.toNanos();
  }

  /**
   * Bytes of the delivery have arrived.
   *
   * @param expected how many there will be; 0 when the sender did not say
   */
  void received(long bytes, long expected) {
    change("ontvangen", "", bytes, expected);
  }

  @Override
  public void at(String step, long bytes, long of) {
    change("verwerken", step, bytes, of);
  }

  @Override
  public synchronized void rows(long read) {
    rows = read;
    changes++;
  }

  void ended(Report report) {
    rows(report.rowsRead());
    change("klaar", report.alBekend() ? "al bekend" : "", total, total);
  }

  void ended(Failure failure) {
    change("geweigerd", failure.code().id(), done, total);
  }

  @Override
  public Object key() {
    return this;
  }

  @Override
  public synchronized boolean ended() {
    return isEnd(phase);
  }

  static boolean isEnd(String phase) {
    return phase.equals("klaar") || phase.equals("geweigerd");
  }

  @Override
  public synchronized long changes() {
    return changes;
  }

  @Override
  public synchronized Step step() {
    double seconds = ((ended() ? endedAt : System.nanoTime()) - began) / NANOS;
    long rate = seconds > 0 ? Math.round(done / seconds) : 0;
    long left = rate > 0 && !ended() ? Math.max(0, (total - done + rate - 1) / rate) : 0;
    double rounded = Math.round(seconds * 10) / 10.0;
    return new Step(delivery, phase, what, done, total, rows, rounded, rate, left);
  }

  private void change(String now, String step, long bytes, long of) {
    Step due = null;
    synchronized (this) {
      if (!phase.equals(now) && now.equals("verwerken")) {
        began = System.nanoTime();
      }
      phase = now;
      endedAt = System.nanoTime();
      what = step;
      done = bytes;
      total = of;
      changes++;
      if (System.nanoTime() - loggedAt >= logNanos && !ended()) {
        loggedAt = System.nanoTime();
        due = step();
      }
    }
    if (due != null) {
      log.accept(due);
    }
  }
}
