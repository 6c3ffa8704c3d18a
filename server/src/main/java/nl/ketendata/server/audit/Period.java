package nl.ketendata.server.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * From one moment until just before another.
 *
 * @param from absent for from the beginning
 * @param until absent for until now
 */
public record Period(Optional<Instant> from, Optional<Instant> until) {
  private static final ZoneId DUTCH = ZoneId.of("Europe/Amsterdam");

  /** All that is kept. */
  public static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());

  /** Whole Dutch days; the last one is not part of it. */
  public static Period days(Optional<LocalDate> from, Optional<LocalDate> until) {
    return new Period(from.map(Period::begin), until.map(Period::begin));
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(DUTCH).toInstant();
  }

  boolean holds(Instant moment) {
    return from.map(begin -> !moment.isBefore(begin)).orElse(true)
        && until.map(moment::isBefore).orElse(true);
  }
}
