package nl.ketendata.server.share;

import java.time.Duration;
import java.util.Optional;

/**
 * What one thread does for one organisation. It holds a place between {@link #begin} and {@link
 * #close}, except while it rests. Other threads may call its methods; for them they do nothing.
 */
public final class Work implements AutoCloseable {
  /** After so much work it is somebody else's turn. */
  private static final long PIECE = Duration.ofMillis(20).toNanos();

  /** An answer that has begun is not refused any more. */
  private static final Duration LATER = Duration.ofMinutes(10);

  private final Workplaces places;
  private final String organisation;
  private Optional<Place> place = Optional.empty();
  private volatile Optional<Thread> worker = Optional.empty();
  private long since;
  private long cpu;

  Work(Workplaces places, String organisation) {
    this.places = places;
    this.organisation = organisation;
  }

  /**
   * Takes a place; does nothing when it has begun already.
   *
   * @throws nl.ketendata.server.failure.Failure KD430 when there is none in time
   */
  public void begin() {
    if (worker.isEmpty()) {
      holds(places.enter(organisation, places.patience()));
    }
  }

  /** Takes a place for work that began before, and so is not refused. */
  public void goOn() {
    if (worker.isEmpty()) {
      holds(places.enter(organisation, LATER));
    }
  }

  void holds(Place taken) {
    place = Optional.of(taken);
    worker = Optional.of(Thread.currentThread());
    since = places.now();
    cpu = places.cpu();
    places.begun(this);
  }

  private boolean working() {
    return mine() && place.isPresent();
  }

  private boolean mine() {
    return worker.equals(Optional.of(Thread.currentThread()));
  }

  /** Gives the place up, for this thread is going to wait. */
  public void rest() {
    if (working()) {
      places.leave(place.get(), places.cpu() - cpu);
      place = Optional.empty();
    }
  }

  /** Takes a place again after a rest, or lets others go first after a piece of work. */
  public void resume() {
    if (!mine()) {
      return;
    }
    if (place.isPresent()) {
      if (places.now() - since < PIECE || !places.awaitedBefore(organisation)) {
        return;
      }
      rest();
    }
    place = Optional.of(places.enter(organisation, LATER));
    since = places.now();
    cpu = places.cpu();
  }

  /** Gives the place up for good. */
  @Override
  public void close() {
    rest();
    if (mine()) {
      places.ended();
      worker = Optional.empty();
    }
  }
}
