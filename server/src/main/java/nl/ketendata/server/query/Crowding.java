package nl.ketendata.server.query;

import java.util.concurrent.atomic.AtomicBoolean;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.share.Workplaces;
import nl.ketendata.server.store.Store;

/**
 * Tells the engine when to leave cores to others. A place to work is one thread, but the engine
 * helps it with threads of its own: without this, one place would take all cores.
 */
final class Crowding {
  private final Workplaces places;
  private final Store store;
  private final Ahead threads;
  private final AtomicBoolean telling = new AtomicBoolean();

  /**
   * @param threads that may wait for the engine, for whoever asks must not
   */
  Crowding(Workplaces places, Store store, Ahead threads) {
    this.places = places;
    this.store = store;
    this.threads = threads;
  }

  /** Looks whether something changed; to be called before a statement. */
  void look() {
    boolean crowded = places.crowded();
    if (store.spares() != crowded && telling.compareAndSet(false, true)) {
      threads.begin(() -> tell(crowded));
    }
  }

  private void tell(boolean crowded) {
    try {
      store.spare(crowded);
    } catch (Failure engineOut) {
      // Another one takes its place, and is told when the next statement comes.
    } finally {
      telling.set(false);
    }
  }
}
