package nl.ketendata.server.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.schema.Product;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.policy.Gemeente;

/**
 * The deliveries that are under way, with how far they are, and the last few that ended. Whoever
 * looks again later misses nothing but steps in between.
 */
public final class Board {
  private static final int ENDED = 5;

  private final Events events;
  private final Duration logEvery;
  private final Map<Place, Deque<UnderWay>> places = new HashMap<>();

  /**
   * @param logEvery the least time between two lines in the log on one delivery
   */
  public Board(Events events, Duration logEvery) {
    this.events = events;
    this.logEvery = logEvery;
  }

  /** A delivery has begun to come in; to be ended by the caller. */
  public UnderWay begin(Gemeente gemeente, Product product, String delivery) {
    UnderWay begun = new UnderWay(delivery, step -> log(gemeente, product, step), logEvery);
    synchronized (places) {
      Deque<UnderWay> here =
          places.computeIfAbsent(new Place(gemeente, product), place -> new ArrayDeque<>());
      here.addLast(begun);
      forgetOldest(here);
    }
    return begun;
  }

  private static void forgetOldest(Deque<UnderWay> here) {
    long ended = here.stream().filter(UnderWay::ended).count();
    for (var all = here.iterator(); ended > ENDED && all.hasNext(); ) {
      if (all.next().ended()) {
        all.remove();
        ended--;
      }
    }
  }

  /** Those of a gemeente and product, the latest to begin last. */
  List<UnderWay> at(Gemeente gemeente, Product product) {
    synchronized (places) {
      return new ArrayList<>(places.getOrDefault(new Place(gemeente, product), new ArrayDeque<>()));
    }
  }

  private void log(Gemeente gemeente, Product product, Step step) {
    events.emit(
        new Event.DeliveryProgress(
            gemeente.id(),
            product.id(),
            step.levering(),
            step.stap(),
            step.bytes(),
            step.totaal(),
            step.rijen(),
            step.bytesPerSeconde(),
            step.secondenOver()));
  }

  private record Place(Gemeente gemeente, Product product) {}
}
