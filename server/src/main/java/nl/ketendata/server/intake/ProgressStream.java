package nl.ketendata.server.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;

/**
 * Progress as server-sent events: one for each delivery that is under way whenever it is further.
 * Begins with where things are now, so a client that comes back goes on where it was. Ends by
 * itself after some minutes, for browsers come back and threads are few.
 */
final class ProgressStream {
  private static final int AT_ONCE = 32;
  private static final int BUSY_SECONDS = 5;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @throws Failure KD430 when too many are looking
   */
  void answer(Exchange exchange, Supplier<List<Followed>> board) throws IOException {
    if (!places.tryAcquire()) {
      throw Failure.of(Code.BUSY, BUSY_SECONDS);
    }
    Map<String, String> headers =
        Map.of(
            "Content-Type", "text/event-stream; charset=utf-8",
            "Cache-Control", "no-store",
            "X-Accel-Buffering", "no");
    try (OutputStream out = exchange.respond(200, headers)) {
      send(out, "retry: 1000\n\n");
      tell(out, board);
    } finally {
      places.release();
    }
  }

  private void tell(OutputStream out, Supplier<List<Followed>> board) throws IOException {
    Map<Object, Long> told = new HashMap<>();
    long begin = System.nanoTime();
    long last = begin;
    boolean ended = false;
    while (!ended) {
      boolean news = tellChanges(out, board.get(), told);
      long now = System.nanoTime();
      if (!news && now - last > SIGN_OF_LIFE.toNanos()) {
        send(out, ":\n\n");
        news = true;
      }
      last = news ? now : last;
      ended = now - begin > LONGEST.toNanos() || sleep();
    }
  }

  private static boolean tellChanges(OutputStream out, List<Followed> board, Map<Object, Long> told)
      throws IOException {
    boolean news = false;
    for (Followed one : board) {
      long changes = one.changes();
      Long before = told.put(one.key(), changes);
      if (before == null || before != changes) {
        Step step = one.step();
        String data = new String(History.bytes(step), StandardCharsets.UTF_8);
        send(out, "event: " + step.fase() + "\ndata: " + data + "\n\n");
        news = true;
      }
    }
    told.keySet().retainAll(board.stream().map(Followed::key).toList());
    return news;
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Whether the streams are to end. */
  private boolean sleep() {
    try {
      return closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends all streams. */
  void close() {
    closed.countDown();
  }
}
