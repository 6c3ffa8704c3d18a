package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final SetClock clock = new SetClock();
  private final Throttle throttle = new Throttle(clock, 3);

  @Test
  void letsFourFailuresPass() {
    fail("a", 4);

    assertThat(throttle.waitFor("a")).isZero();
  }

  @Test
  void doublesTheWaitUpToFiveMinutes() {
    fail("a", 4);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      throttle.failed("a");
      waits.add(throttle.waitFor("a").toSeconds());
    }

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
  }

  @Test
  void letsTryAgainAfterTheWait() {
    fail("a", 6);
    clock.forward(Duration.ofSeconds(2));

    assertThat(throttle.waitFor("a")).isZero();
  }

  @Test
  void keepsKeysApart() {
    fail("a", 9);

    assertThat(throttle.waitFor("b")).isZero();
  }

  @Test
  void forgetsAfterSuccessAndAfterAQuarter() {
    fail("a", 9);
    throttle.succeeded("a");
    fail("b", 9);
    clock.forward(Duration.ofMinutes(16));
    throttle.failed("a");
    throttle.failed("b");

    assertThat(throttle.waitFor("a")).isZero();
    assertThat(throttle.waitFor("b")).isZero();
  }

  @Test
  void remembersABoundedNumberOfKeys() {
    fail("a", 9);
    List.of("b", "c", "d").forEach(throttle::failed);

    assertThat(throttle.waitFor("a")).isZero();
  }

  private void fail(String key, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(key);
    }
  }
}
