package nl.ketendata.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AdmissionTest {
  private static final Duration LONG = Duration.ofSeconds(100);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final AtomicLong nanos = new AtomicLong();
  private final Admission admission = new Admission(8, 2, nanos::get);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  /** Somebody who has to wait; returns when he does. */
  private Future<?> enters(String who, int statements, List<String> order) throws Exception {
    int before = admission.waiting();
    Future<?> entered =
        threads.submit(
            () -> {
              admission.enter(who, statements, LONG);
              order.add(who);
            });
    Until.holds(who + " waits", () -> admission.waiting() > before);
    return entered;
  }

  private void busy(String who, int statements) {
    assertThatThrownBy(() -> admission.enter(who, statements, SHORT))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.BUSY));
  }

  @Test
  void leavesAPlaceForAnotherHoweverMuchOneAsks() {
    for (int i = 0; i < 7; i++) {
      admission.enter("A", 1, SHORT);
    }
    busy("A", 1);
    admission.enter("B", 1, SHORT);
  }

  @Test
  void oneHoldsHalfAsLongAsAnotherWasHereInTheLastMinute() {
    admission.enter("B", 1, SHORT);
    admission.leave("B", 1);
    admission.enter("A", 4, SHORT);
    busy("A", 1);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    admission.enter("A", 3, SHORT);
    busy("A", 1);
  }

  @Test
  void servesWhoHoldsFewestFirst() throws Exception {
    admission.enter("C", 1, SHORT);
    admission.enter("A", 4, SHORT);
    admission.enter("C", 3, SHORT);
    List<String> order = new CopyOnWriteArrayList<>();
    Future<?> more = enters("A", 1, order);
    Future<?> fresh = enters("B", 1, order);
    admission.leave("A", 1);
    fresh.get(60, TimeUnit.SECONDS);
    assertThat(more.isDone()).isFalse();
    admission.leave("C", 2);
    more.get(60, TimeUnit.SECONDS);
    assertThat(order).containsExactly("B", "A");
  }

  @Test
  void refusesAtOnceWhenManyOfOneOrganisationWait() throws Exception {
    admission.enter("B", 1, SHORT);
    admission.enter("A", 4, SHORT);
    List<String> order = new CopyOnWriteArrayList<>();
    Future<?> first = enters("A", 1, order);
    Future<?> second = enters("A", 1, order);
    long begin = System.nanoTime();
    assertThatThrownBy(() -> admission.enter("A", 1, LONG)).isInstanceOf(Failure.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG.dividedBy(2));
    admission.enter("B", 1, SHORT);
    admission.leave("A", 2);
    first.get(60, TimeUnit.SECONDS);
    second.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aGreatQuestionIsNotPassedForEverBySmallOnes() throws Exception {
    admission.enter("A", 1, SHORT);
    admission.enter("B", 4, SHORT);
    admission.enter("A", 2, SHORT);
    List<String> order = new CopyOnWriteArrayList<>();
    Future<?> great = enters("C", 4, order);
    busy("D", 2);
    admission.leave("B", 2);
    busy("D", 3);
    admission.leave("B", 2);
    great.get(60, TimeUnit.SECONDS);
  }

  @Test
  void whoGaveUpHoldsNothing() {
    admission.enter("B", 1, SHORT);
    for (int i = 0; i < 100; i++) {
      admission.enter("A", 4, SHORT);
      busy("A", 4);
      admission.leave("A", 4);
    }
    admission.enter("A", 4, SHORT);
  }

  @Test
  void saysWhatCanNeverBe() {
    assertThatThrownBy(() -> admission.enter("A", 5, LONG))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.TOO_LARGE));
  }
}
