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
  private final ProgressFiles elsewhere;
  private final Map<Place, Deque<UnderWay>> places = new HashMap<>();

  /**
   * @param logEvery the least time between two lines in the log on one delivery
   * @param elsewhere deliveries that other processes take in
   */
  public Board(Events events, Duration logEvery, ProgressFiles elsewhere) {
    this.events = events;
    this.elsewhere = elsewhere;
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

  /** Those of a gemeente and product, the latest to begin last; of other processes behind ours. */
  List<Followed> at(Gemeente gemeente, Product product) {
    List<Followed> all;
    synchronized (places) {
      all = new ArrayList<>(places.getOrDefault(new Place(gemeente, product), new ArrayDeque<>()));
    }
    all.addAll(elsewhere.at(gemeente, product));
    return all;
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
