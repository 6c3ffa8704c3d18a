package nl.ketendata.server.organisation;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * That a gemeente belongs to a hoofdorganisatie.
 *
 * @param from first day; {@link LocalDate#MIN} when it always has
 * @param until first day on which it no longer does; {@link LocalDate#MAX} as long as that is not
 *     known
 */
public record Membership(Gemeente gemeente, LocalDate from, LocalDate until) {

  /**
   * Reads {@code GM9030}, {@code GM9030=2024-01-01} or {@code GM9030=2024-01-01/2026-01-01}.
   *
   * @throws Failure KD604 when it is no gemeente, KD617 when it is no period
   */
  public static Membership parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? of(Gemeente.parse(text), "")
        : of(Gemeente.parse(text.substring(0, equals)), text.substring(equals + 1));
  }

  /**
   * @param period {@code 2024-01-01}, {@code 2024-01-01/2026-01-01}, {@code /2026-01-01} or nothing
   */
  static Membership of(Gemeente gemeente, String period) {
    int slash = period.indexOf('/');
    Optional<LocalDate> from = date(slash < 0 ? period : period.substring(0, slash));
    Optional<LocalDate> until = date(slash < 0 ? "" : period.substring(slash + 1));
    Membership made =
        new Membership(gemeente, from.orElse(LocalDate.MIN), until.orElse(LocalDate.MAX));
    if (!made.from.isBefore(made.until)) {
      throw Failure.of(Code.PERIOD, period);
    }
    return made;
  }

  /** As {@link #of} reads it. */
  String period() {
    String begin = from.equals(LocalDate.MIN) ? "" : from.toString();
    return until.equals(LocalDate.MAX) ? begin : begin + "/" + until;
  }

  boolean holds(LocalDate day) {
    return !day.isBefore(from) && day.isBefore(until);
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeParseException e) {
      throw Failure.of(Code.PERIOD, text).causedBy(e);
    }
  }
}
