package nl.ketendata.server.query;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls what must happen when a time is up; one thread for all. */
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "ketendata-deadline");
            thread.setDaemon(true);
            return thread;
          });

  Deadlines() {
    clock.setRemoveOnCancelPolicy(true);
  }

  Future<?> after(Duration time, Runnable action) {
    return clock.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
