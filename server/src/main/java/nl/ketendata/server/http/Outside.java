package nl.ketendata.server.http;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.identity.BrowserSignIn;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.share.Workplaces;

/**
 * What stands between clients and the heads.
 *
 * @param transport how what they send and get is protected
 * @param gone told the thread that works for a client that has left, so that the work can stop
 * @param clock for what expires
 * @param auditor told of every request
 * @param browser how people sign in with a browser, if they can
 * @param workplaces where requests work, if that is shared out
 */
public record Outside(
    TransportSettings transport,
    Consumer<Thread> gone,
    Clock clock,
    Auditor auditor,
    Optional<BrowserSignIn> browser,
    Optional<Workplaces> workplaces) {
  /** Plain HTTP, and work for who is gone goes on. */
  public static final Outside LOCAL =
      new Outside(TransportSettings.PLAIN, thread -> {}, Clock.systemUTC());

  /** Without an audit. */
  public Outside(TransportSettings transport, Consumer<Thread> gone, Clock clock) {
    this(transport, gone, clock, Auditor.silent(), Optional.empty());
  }

  /** All may work at once. */
  public Outside(
      TransportSettings transport,
      Consumer<Thread> gone,
      Clock clock,
      Auditor auditor,
      Optional<BrowserSignIn> browser) {
    this(transport, gone, clock, auditor, browser, Optional.empty());
  }
}
