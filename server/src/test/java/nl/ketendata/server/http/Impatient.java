package nl.ketendata.server.http;

import java.time.Duration;
import nl.ketendata.server.http.Limits.Patience;
import nl.ketendata.server.settings.ConnectionSettings;

/** Limits that are standard but for one, which a test can reach. */
final class Impatient {
  private static final Limits OTHER = Limits.STANDARD;
  private static final Patience WAITS = Patience.STANDARD;

  private Impatient() {}

  static Limits headers(Duration complete) {
    return with(new Patience(complete, WAITS.idle(), WAITS.stalled(), WAITS.grace(), WAITS.rate()));
  }

  static Limits idle(Duration idle) {
    return with(
        new Patience(WAITS.headersComplete(), idle, WAITS.stalled(), WAITS.grace(), WAITS.rate()));
  }

  static Limits pace(Duration grace, int rate) {
    return with(new Patience(WAITS.headersComplete(), WAITS.idle(), WAITS.stalled(), grace, rate));
  }

  static Limits places(int threads, int waiting) {
    return new Limits(
        OTHER.url(),
        OTHER.headers(),
        OTHER.connections(),
        WAITS,
        new Limits.Places(threads, waiting),
        OTHER.stop());
  }

  static Limits connections(int total) {
    return Limits.of(new ConnectionSettings(total, total));
  }

  private static Limits with(Patience patience) {
    return new Limits(
        OTHER.url(), OTHER.headers(), OTHER.connections(), patience, OTHER.places(), OTHER.stop());
  }
}
