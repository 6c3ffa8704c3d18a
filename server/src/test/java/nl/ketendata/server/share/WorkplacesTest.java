package nl.ketendata.server.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkplacesTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong nanos = new AtomicLong(SECOND);
  private final AtomicLong cpu = new AtomicLong();
  private final Workplaces places = new Workplaces(new Room(2, 4, 3, SHORT), nanos::get, cpu::get);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> order = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private void busy(String who) {
    assertThatThrownBy(() -> places.enter(who, SHORT))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.BUSY));
  }

  /** Works for so long, all of it on a core. */
  private void works(String who, Duration time) {
    Place place = places.enter(who, LONG);
    nanos.addAndGet(time.toNanos());
    places.leave(place, time.toNanos());
  }

  /** Was here just now, and did nothing worth mentioning. */
  private void shows(String who) {
    places.leave(places.enter(who, LONG), 0);
  }

  private CompletableFuture<Place> waits(String who) throws InterruptedException {
    int before = places.waiting();
    CompletableFuture<Place> got = new CompletableFuture<>();
    threads.submit(
        () -> {
          try {
            Place place = places.enter(who, LONG);
            order.add(who);
            got.complete(place);
          } catch (Throwable e) {
            got.completeExceptionally(e);
          }
        });
    while (places.waiting() == before && !got.isDone()) {
      Thread.sleep(1);
    }
    return got;
  }

  @Test
  void aloneOneHoldsAllPlacesButOne() {
    for (int i = 0; i < 3; i++) {
      places.enter("A", SHORT);
    }
    busy("A");
    places.enter("B", SHORT);
    assertThat(places.working()).isEqualTo(4);
  }

  @Test
  void whoWorksMostLeavesACoreFreeAsLongAsAnotherIsHere() {
    works("A", Duration.ofSeconds(5));
    shows("B");
    places.enter("A", SHORT);
    busy("A");
    nanos.addAndGet(2 * SECOND);
    places.enter("A", SHORT);
    places.enter("A", SHORT);
  }

  @Test
  void whoWorkedLittleNeedNotWaitForWhoWorkedMuch() {
    works("A", Duration.ofSeconds(5));
    places.enter("A", SHORT);
    places.enter("B", SHORT);
    places.enter("B", SHORT);
    busy("A");
    assertThat(places.working()).isEqualTo(3);
  }

  @Test
  void nobodyBeginsWhoWorkedMuchWhileAllCoresAreInUse() {
    works("A", Duration.ofSeconds(5));
    Place first = places.enter("B", SHORT);
    Place second = places.enter("B", SHORT);
    busy("A");
    places.leave(first, 0);
    busy("A");
    places.leave(second, 0);
    places.enter("A", SHORT);
  }

  @Test
  void theLastCoreIsNotForWhoWorkedMuchWhileAnotherWorks() {
    works("A", Duration.ofSeconds(5));
    Place other = places.enter("B", SHORT);
    busy("A");
    places.leave(other, 0);
    places.enter("A", SHORT);
  }

  @Test
  void whoWorkedMuchIsNotKeptFromWorkingForLong() throws Exception {
    works("A", Duration.ofSeconds(5));
    places.enter("B", SHORT);
    CompletableFuture<Place> waiting = waits("A");
    nanos.addAndGet(SECOND / 10);
    waiting.get(20, TimeUnit.SECONDS);
    assertThat(places.working()).isEqualTo(2);
  }

  @Test
  void thoseWhoWorkedMuchUseAllCoresWhileTheOthersDoNothing() {
    works("A", Duration.ofSeconds(5));
    works("B", Duration.ofSeconds(3));
    shows("C");
    places.enter("A", SHORT);
    places.enter("B", SHORT);
    assertThat(places.working()).isEqualTo(2);
  }

  @Test
  void itIsCrowdedWhenOneWorksMuchBesideAnotherAndForAWhileAfter() {
    works("A", Duration.ofSeconds(5));
    assertThat(places.crowded()).isFalse();
    shows("B");
    assertThat(places.crowded()).isTrue();
    nanos.addAndGet(3 * SECOND);
    assertThat(places.crowded()).isTrue();
    nanos.addAndGet(3 * SECOND);
    assertThat(places.crowded()).isFalse();
  }

  @Test
  void itIsNotCrowdedWhenAllWorkLittle() {
    works("A", Duration.ofMillis(50));
    works("B", Duration.ofMillis(20));
    assertThat(places.crowded()).isFalse();
  }

  @Test
  void whoWorkedLeastIsServedFirstHoweverLongOthersWait() throws Exception {
    works("A", Duration.ofSeconds(5));
    works("B", Duration.ofSeconds(1));
    List<Place> all = new ArrayList<>();
    for (String who : List.of("C", "C", "D", "D")) {
      all.add(places.enter(who, LONG));
    }
    waits("A");
    waits("B");
    CompletableFuture<Place> fresh = waits("E");
    places.leave(all.get(0), 0);
    all.set(0, fresh.get(20, TimeUnit.SECONDS));
    for (Place place : List.of(all.get(1), all.get(2), all.get(3), all.get(0))) {
      places.leave(place, 0);
      // Whoever got a place has said so before another gets one.
      while (order.size() < 3 - places.waiting()) {
        Thread.sleep(1);
      }
    }
    // B works on, and A has waited for long enough.
    nanos.addAndGet(SECOND / 10);
    while (order.size() < 3) {
      Thread.sleep(1);
    }
    assertThat(order).containsExactly("E", "B", "A");
  }

  @Test
  void ofOneOrganisationTheOldestIsServedFirst() throws Exception {
    Place held = places.enter("A", LONG);
    places.enter("A", LONG);
    places.enter("A", LONG);
    CompletableFuture<Place> first = waits("A");
    CompletableFuture<Place> second = waits("A");
    places.leave(held, 0);
    assertThat(first.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(second.isDone()).isFalse();
  }

  @Test
  void refusesAtOnceWhenManyOfOneOrganisationWaitButNotAnother() throws Exception {
    for (int i = 0; i < 3; i++) {
      places.enter("A", LONG);
    }
    for (int i = 0; i < 3; i++) {
      waits("A");
    }
    long begin = System.nanoTime();
    assertThatThrownBy(() -> places.enter("A", LONG)).isInstanceOf(Failure.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    places.enter("B", SHORT);
  }

  @Test
  void whatTakesLongLetsASecondOfTheSameOrganisationPass() {
    works("A", Duration.ofSeconds(5));
    shows("B");
    places.enter("A", SHORT);
    busy("A");
    nanos.addAndGet(SECOND / 2);
    shows("B");
    places.enter("A", SHORT);
    busy("A");
  }

  @Test
  void oldWorkCountsLessAndLess() {
    works("A", Duration.ofSeconds(5));
    nanos.addAndGet(60 * SECOND);
    works("B", Duration.ofSeconds(1));
    shows("A");
    places.enter("A", SHORT);
    places.enter("A", SHORT);
  }

  @Test
  void whoGaveUpHoldsNothingAndWaitsNoMore() {
    for (int i = 0; i < 3; i++) {
      places.enter("A", SHORT);
    }
    for (int i = 0; i < 20; i++) {
      busy("A");
    }
    assertThat(places.waiting()).isZero();
    assertThat(places.working()).isEqualTo(3);
  }

  @Test
  void whoIsStoppedWhileItWaitsLeavesNothingBehind() throws Exception {
    Place held = places.enter("A", LONG);
    places.enter("A", LONG);
    places.enter("A", LONG);
    CompletableFuture<Place> waiting = waits("A");
    threads.shutdownNow();
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(Failure.class)
        .extracting(e -> ((Failure) e.getCause()).code())
        .isEqualTo(Code.CANCELLED);
    places.leave(held, 0);
    assertThat(places.working()).isEqualTo(2);
    assertThat(places.waiting()).isZero();
  }

  @Test
  void aRestLetsAnotherWorkAndTheWorkGoOnAfterwards() throws Exception {
    try (Work work = places.work("A")) {
      work.begin();
      places.enter("A", LONG);
      places.enter("A", LONG);
      CompletableFuture<Place> other = waits("A");
      work.rest();
      Place held = other.get(20, TimeUnit.SECONDS);
      assertThat(places.working()).isEqualTo(3);
      places.leave(held, 0);
      work.resume();
      assertThat(places.working()).isEqualTo(3);
    }
    assertThat(places.working()).isEqualTo(2);
    assertThat(places.here()).isEmpty();
  }

  @Test
  void aPieceOfWorkIsFollowedBySomebodyElses() throws Exception {
    try (Work work = places.work("A")) {
      work.begin();
      places.enter("A", LONG);
      places.enter("A", LONG);
      CompletableFuture<Place> other = waits("A");
      work.resume();
      assertThat(other.isDone()).isFalse();
      nanos.addAndGet(SECOND / 10);
      other.thenAccept(place -> places.leave(place, 0));
      work.resume();
      assertThat(other.isDone()).isTrue();
    }
  }

  @Test
  void otherThreadsNeitherEndNorRestItsWork() throws Exception {
    try (Work work = places.work("A")) {
      work.begin();
      threads.submit(work::rest).get();
      threads.submit(work::close).get();
      assertThat(places.working()).isEqualTo(1);
    }
    assertThat(places.working()).isZero();
  }

  @Test
  void whatIsOnlyDoneWhenThereIsRoomTakesNobodysPlace() throws Exception {
    List<String> done = new ArrayList<>();
    assertThat(places.ifFree("A", () -> done.add("free"))).isTrue();
    for (int i = 0; i < 3; i++) {
      places.enter("A", LONG);
    }
    waits("A");
    assertThat(places.ifFree("B", () -> done.add("awaited"))).isFalse();
    assertThat(done).containsExactly("free");
  }

  @Test
  void manyThreadsOfManyOrganisationsNeverHoldMoreThanThereAre() throws Exception {
    Workplaces real = Workplaces.of(new Room(2, 4, 1_000, LONG));
    AtomicLong most = new AtomicLong();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String who = "GM" + i % 5;
      all.add(CompletableFuture.runAsync(() -> busily(real, who, most), threads));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
    assertThat(most.get()).isLessThanOrEqualTo(4);
    assertThat(real.working()).isZero();
    assertThat(real.waiting()).isZero();
  }

  private static void busily(Workplaces real, String who, AtomicLong most) {
    for (int i = 0; i < 100; i++) {
      try (Work work = real.work(who)) {
        work.begin();
        most.accumulateAndGet(real.working(), Math::max);
        work.rest();
        work.resume();
      }
    }
  }
}
