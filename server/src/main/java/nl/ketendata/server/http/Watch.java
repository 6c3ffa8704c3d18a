package nl.ketendata.server.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;

/** What must be looked at now and then, by one thread. */
final class Watch implements AutoCloseable {
  private final Events events;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "ketendata-watch");
            made.setDaemon(true);
            return made;
          });

  Watch(Events events) {
    this.events = events;
  }

  /** What goes wrong once must not end the watch. */
  void every(Duration time, Runnable look) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException e) {
            events.emit(new Event.FaultFound("", "watch", e));
          }
        },
        time.toMillis(),
        Math.max(1, time.toMillis()),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
