package nl.ketendata.server.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** How much a thread works for something, which others on the same machine do not lengthen. */
public final class Worked {
  private Worked() {}

  /**
   * @param task run by the calling thread
   * @return the time of a core that it took
   */
  public static Duration on(Runnable task) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    task.run();
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
  }
}
