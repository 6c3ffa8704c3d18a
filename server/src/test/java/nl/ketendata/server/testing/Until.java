package nl.ketendata.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Waits for what comes by itself: as short as can be on a fast machine, and long enough for one
 * that is slow and has much else to do. A test that sleeps for a fixed time is either slow or fails
 * now and then.
 */
public final class Until {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Until() {}

  /**
   * Returns as soon as a condition holds.
   *
   * @param what is to become so, for who reads that it did not
   */
  public static void holds(String what, Callable<Boolean> condition) throws Exception {
    long begin = System.nanoTime();
    while (!condition.call() && System.nanoTime() - begin < LONGEST.toNanos()) {
      Thread.sleep(PAUSE.toMillis());
    }
    assertThat(condition.call()).as(what).isTrue();
  }
}
