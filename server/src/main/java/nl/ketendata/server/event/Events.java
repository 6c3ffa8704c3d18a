package nl.ketendata.server.event;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells events to those who listen.
 *
 * <p>
 *
 * {@snippet :
 * Metrics metrics = new Metrics(Clock.systemUTC());
 * Events events = new Events(List.of(new EventLog(), metrics));
 * events.emit(new Event.ServerStopped(uptime));
 * }
 */
public final class Events {
  private final List<Consumer<Event>> listeners;

  /**
   * @param listeners called on the thread where an event happens, so they must be quick and must
   *     not throw
   */
  public Events(List<Consumer<Event>> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Nobody listens. */
  public static Events silent() {
    return new Events(List.of());
  }

  public void emit(Event event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
