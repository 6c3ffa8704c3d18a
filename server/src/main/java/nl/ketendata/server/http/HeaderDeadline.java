package nl.ketendata.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection whose first request has no complete headers in time. An idle timeout does not
 * do that: a client that sends a byte now and then is never idle.
 */
final class HeaderDeadline implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration deadline;

  HeaderDeadline(Scheduler scheduler, Duration deadline) {
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  @Override
  public void onOpened(Connection connection) {
    scheduler.schedule(
        () -> closeWithoutRequest(connection), deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void closeWithoutRequest(Connection connection) {
    if (connection.getMessagesIn() == 0) {
      connection.getEndPoint().close();
    }
  }
}
