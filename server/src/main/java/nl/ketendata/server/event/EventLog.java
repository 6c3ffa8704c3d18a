package nl.ketendata.server.event;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event as one line: its name and its fields. */
public final class EventLog implements Consumer<Event> {
  private static final Logger LOG = LoggerFactory.getLogger("nl.ketendata.server");

  @Override
  public void accept(Event event) {
    if (event.cause().isPresent()) {
      LOG.error("{} {}", event.name(), event.fields(), event.cause().get());
      return;
    }
    if (event instanceof Event.DeliveryRefused || event instanceof Event.SignInRefused) {
      LOG.warn("{} {}", event.name(), event.fields());
      return;
    }
    LOG.info("{} {}", event.name(), event.fields());
  }
}
