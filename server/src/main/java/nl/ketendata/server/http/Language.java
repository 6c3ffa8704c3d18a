package nl.ketendata.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.server.failure.Failure;

/** Chooses between the two languages that everything is written in. */
final class Language {
  private static final List<Locale> SPOKEN = List.of(Failure.DUTCH, Locale.ENGLISH);

  private Language() {}

  /**
   * @param accepted the {@code Accept-Language} header
   */
  static Locale of(Optional<String> accepted) {
    if (accepted.isEmpty()) {
      return Failure.DUTCH;
    }
    try {
      Locale found = Locale.lookup(Locale.LanguageRange.parse(accepted.get()), SPOKEN);
      return found == null ? Failure.DUTCH : found;
    } catch (IllegalArgumentException e) {
      return Failure.DUTCH;
    }
  }
}
