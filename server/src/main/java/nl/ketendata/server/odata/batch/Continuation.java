package nl.ketendata.server.odata.batch;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a batch goes on after a request that failed (Protocol, 8.2.8.3): in multipart only when
 * the client wishes so, in JSON unless it wishes otherwise.
 *
 * @param applied the wish as the client wrote it, when there is one
 */
record Continuation(boolean goesOn, Optional<String> applied) {

  static Continuation of(Optional<String> prefer, boolean unasked) {
    for (String wish : prefer.orElse("").split("[,;]")) {
      String written = wish.strip();
      String plain = written.toLowerCase(Locale.ROOT).replaceFirst("^odata\\.", "");
      if (plain.matches("continue-on-error( *= *\"?true\"?)?")) {
        return new Continuation(true, Optional.of(written));
      }
      if (plain.matches("continue-on-error *= *\"?false\"?")) {
        return new Continuation(false, Optional.of(written));
      }
    }
    return new Continuation(unasked, Optional.empty());
  }
}
