package nl.ketendata.server.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.policy.Gemeente;

/**
 * Tells a running server how far a delivery is that this process takes in. Written twice a second
 * from a thread of its own, also while nothing changes: a file that is not written is of a process
 * that is no more.
 */
public final class ToldProgress implements Progress, AutoCloseable {
  private static final long EVERY_MILLIS = 500;

  private final ProgressFiles files;
  private final Path file;
  private final UnderWay underWay;
  private final ScheduledExecutorService writing =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "ketendata-progress");
            thread.setDaemon(true);
            return thread;
          });
  private long written;

  /**
   * @param process number of this process
   */
  public ToldProgress(
      ProgressFiles files, Gemeente gemeente, Product product, String delivery, long process) {
    this.files = files;
    this.file = files.file(gemeente, product, process);
    this.underWay = new UnderWay(delivery, step -> {}, Duration.ofDays(1));
    writing.scheduleWithFixedDelay(this::write, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void at(String step, long done, long total) {
    underWay.at(step, done, total);
  }

  @Override
  public void rows(long read) {
    underWay.rows(read);
  }

  public void ended(Report report) {
    underWay.ended(report);
  }

  public void ended(Failure failure) {
    underWay.ended(failure);
  }

  /** A delivery is taken in whether or not anybody can be told. */
  private synchronized void write() {
    try {
      files.write(file, ++written, underWay.step());
    } catch (IOException e) {
      // A new data folder, or one that cannot be written: the ingest itself says so.
    }
  }

  /** Tells the end. */
  @Override
  public void close() {
    writing.shutdownNow();
    write();
  }
}
