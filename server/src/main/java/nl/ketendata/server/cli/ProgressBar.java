package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import nl.ketendata.server.ingest.Progress;

/** One line on a terminal that says how far something is; silent where no terminal is. */
final class ProgressBar implements Progress, AutoCloseable {
  private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");
  private static final int WIDTH = 30;
  private static final long EVERY = 100_000_000L;

  private final PrintWriter out;
  private final String title;
  private final boolean terminal = System.console() != null;
  private final long started = System.nanoTime();
  private long shownAt;
  private long rows;

  ProgressBar(PrintWriter out, String title) {
    this.out = out;
    this.title = title;
  }

  /** Progress in bytes. */
  @Override
  public void at(String step, long done, long total) {
    double seconds = Math.max(0.001, (System.nanoTime() - started) / 1e9);
    String rate = String.format(DUTCH, "%,.0f MB/s  ", done / seconds / 1e6);
    String read = rows == 0 ? "" : String.format(DUTCH, "%,d rijen  ", rows);
    show(done, total, rate + read + step);
  }

  @Override
  public void rows(long read) {
    rows = read;
  }

  /** Progress in messages. */
  void messages(long done, long total) {
    show(done, total, String.format(Locale.ROOT, "%,d berichten", done));
  }

  private void show(long done, long total, String what) {
    long now = System.nanoTime();
    if (!terminal || total <= 0 || now - shownAt < EVERY && done < total) {
      return;
    }
    shownAt = now;
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    double seconds = (now - started) / 1e9;
    double left = done == 0 ? 0 : seconds * (total - done) / done;
    out.printf(
        Locale.ROOT,
        "\r%s [%s%s] %3d %%  %4.0f s  nog %4.0f s  %-48.48s",
        title,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        100 * Math.min(done, total) / total,
        seconds,
        left,
        what);
    out.flush();
  }

  @Override
  public void close() {
    if (shownAt > 0) {
      out.println();
      out.flush();
    }
  }
}
