package nl.ketendata.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.audit.Shape;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What the audit log says of a request. */
final class RequestEntry {
  private static final int FORBIDDEN = 403;

  private RequestEntry() {}

  /**
   * The line of a request that was answered, or is about to be.
   *
   * @param refused why it was refused, if it was
   * @param turnedAway whether that is for what the client showed to sign in
   * @return nothing for pages and their pictures, which are nobody's data, and for a client that
   *     has not signed in yet, who is nobody
   */
  static Optional<Entry> of(
      JettyExchange exchange, Head head, Optional<Failure> refused, boolean turnedAway) {
    boolean page = head.segment().isEmpty();
    boolean challenge = refused.isPresent() && !turnedAway && exchange.caller().name().isEmpty();
    if (page && refused.isEmpty() || challenge) {
      return Optional.empty();
    }
    String shape = Shape.ofAddress(exchange.rawPath(), exchange.rawQuery().orElse(""));
    return Optional.of(
        new Entry(
            act(refused.map(Failure::code), turnedAway),
            exchange.caller().name(),
            asked(exchange),
            exchange.address(),
            exchange.method() + " " + shape,
            refused.map(failure -> failure.code().id()).orElse(Entry.GOOD),
            0));
  }

  /**
   * Whose data it is about: of somebody who belongs to several organisations the one that the path
   * names, if it does.
   */
  private static String asked(JettyExchange exchange) {
    Set<String> own = exchange.caller().organisations().keySet();
    String[] parts = exchange.rawPath().split("/", 4);
    String named = parts.length > 2 ? parts[2].toUpperCase(Locale.ROOT) : "";
    return own.contains(named) ? named : exchange.caller().payer();
  }

  private static Act act(Optional<Code> refusal, boolean turnedAway) {
    if (turnedAway) {
      return Act.AANMELDING_GEWEIGERD;
    }
    if (refusal.equals(Optional.of(Code.UNKNOWN_ORGANISATION))) {
      return Act.ANDERE_ORGANISATIE;
    }
    boolean forbidden = refusal.map(code -> code.httpStatus() == FORBIDDEN).orElse(false);
    return forbidden ? Act.NIET_TOEGESTAAN : Act.VERZOEK;
  }
}
