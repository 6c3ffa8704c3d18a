package nl.ketendata.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.InnerWeb;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;

/**
 * Asks small questions of which nobody gets the answer, in the first minutes of a server while
 * nobody else asks anything. Java translates a program while it runs, what is run most first: a
 * small question costs three times as much in the first thousand as it does after that, and so the
 * first people of the day need not be the ones to wait for it.
 */
final class Rehearsal implements AutoCloseable {
  /** Code that runs once per question is translated for good after it ran five thousand times. */
  private static final int QUESTIONS = 6_000;

  /** Each question is asked packed once in so many times. */
  private static final int PACKED = 4;

  private static final long MOST_WORK = Duration.ofSeconds(30).toNanos();
  private static final long LATEST = Duration.ofMinutes(10).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration END = Duration.ofSeconds(10);

  private final Door door;
  private final Head head;
  private final Supplier<Optional<Caller>> caller;
  private final BooleanSupplier quiet;
  private final LongSupplier nanos;
  private final Consumer<RuntimeException> failed;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "ketendata-rehearsal");
  private volatile int asked;

  /**
   * @param door to the data; it tells nobody what is read
   * @param head that answers from that door
   * @param caller who sees some data; nobody when there is none yet
   * @param quiet whether nobody else asks anything now
   * @param nanos the time, as {@link System#nanoTime}
   * @param failed told why it ended early
   */
  Rehearsal(
      Door door,
      Head head,
      Supplier<Optional<Caller>> caller,
      BooleanSupplier quiet,
      LongSupplier nanos,
      Consumer<RuntimeException> failed) {
    this.door = door;
    this.head = head;
    this.caller = caller;
    this.quiet = quiet;
    this.nanos = nanos;
    this.failed = failed;
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  void start() {
    thread.start();
  }

  /** Questions so far. */
  int asked() {
    return asked;
  }

  private void run() {
    try {
      Optional<Caller> anybody = caller.get();
      if (anybody.isPresent()) {
        ask(anybody.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.accept(e);
    } finally {
      over.set(true);
    }
  }

  private void ask(Caller anybody) throws InterruptedException {
    try (InnerWeb web = new InnerWeb(head, anybody)) {
      ask(web, RehearsedQuestions.of(door, anybody));
    }
  }

  private void ask(InnerWeb web, List<RehearsedQuestion> questions) throws InterruptedException {
    long begin = nanos.getAsLong();
    long work = 0;
    while (!questions.isEmpty() && asked < QUESTIONS && work < MOST_WORK && !over.get()) {
      long now = nanos.getAsLong();
      if (now - begin > LATEST) {
        return;
      }
      if (!quiet.getAsBoolean()) {
        Thread.sleep(PAUSE.toMillis());
        continue;
      }
      RehearsedQuestion question = questions.get(asked % questions.size());
      boolean packed = asked / questions.size() % PACKED == 0;
      if (packed || !question.large()) {
        web.get(question.address(asked), packed ? "gzip" : "identity");
      }
      asked++;
      work += nanos.getAsLong() - now;
    }
  }

  /** Whether it has done what it came for. */
  boolean over() {
    return over.get();
  }

  @Override
  public void close() {
    over.set(true);
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
