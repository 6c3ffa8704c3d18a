package nl.ketendata.server;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import nl.ketendata.server.event.Event;

/** Whether nobody has asked anything for a moment. */
final class Quiet implements Consumer<Event> {
  private static final long MOMENT = Duration.ofMillis(500).toNanos();

  private final LongSupplier nanos;
  private volatile long last;

  /**
   * @param nanos the time, as {@link System#nanoTime}
   */
  Quiet(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong() - MOMENT;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.RequestDone || event instanceof Event.QuestionAnswered) {
      last = nanos.getAsLong();
    }
  }

  boolean isQuiet() {
    return nanos.getAsLong() - last >= MOMENT;
  }
}
