package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Writes dates and times. Date-times of a file are Dutch wall clock and get the offset of their
 * moment: in the hour that occurs twice the earlier one, and a time in the hour that is left out
 * moves forward by that hour. One thread uses it: it remembers the offset of the last season.
 */
final class Moments {
  private static final ZoneRules AMSTERDAM = ZoneId.of("Europe/Amsterdam").getRules();
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private final JsonOut out;
  private long from = 1;
  private long until = 0;
  private int offset;

  Moments(JsonOut out) {
    this.out = out;
  }

  /**
   * @param days since 1970
   */
  void date(int days) throws IOException {
    // Years that begin in March put the leap day last (Howard Hinnant, "chrono-compatible
    // low-level date algorithms"). A 32-bit day reaches past the int by less than an era.
    int era = (int) Math.floorDiv(days + 719_468L, 146_097L);
    int dayOfEra = (int) (days + 719_468L - era * 146_097L);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    year(yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
    out.raw('-');
    out.two(month);
    out.raw('-');
    out.two(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  private void year(int year) throws IOException {
    if (year < 0) {
      out.raw('-');
    }
    int absolute = Math.abs(year);
    if (absolute > 9_999) {
      out.number(absolute);
      return;
    }
    out.two(absolute / 100);
    out.two(absolute % 100);
  }

  /**
   * @param micros since midnight
   */
  void time(long micros) throws IOException {
    int seconds = (int) (micros / SECOND);
    out.two(seconds / 3_600);
    out.raw(':');
    out.two(seconds / 60 % 60);
    out.raw(':');
    out.two(seconds % 60);
    fraction((int) (micros - seconds * SECOND));
  }

  private void fraction(int micros) throws IOException {
    if (micros == 0) {
      return;
    }
    int width = 6;
    int rest = micros;
    while (rest % 10 == 0) {
      rest /= 10;
      width--;
    }
    out.raw('.');
    out.padded(rest, width);
  }

  /**
   * @param micros since 1970 in UTC
   */
  void instant(long micros) throws IOException {
    dateTime(micros);
    out.raw('Z');
  }

  /**
   * @param micros of the wall clock since 1970
   */
  void wallClock(long micros) throws IOException {
    if (micros < from || micros >= until) {
      remember(micros);
    }
    boolean skipped = micros >= until;
    dateTime(skipped ? shifted(micros) : micros);
    out.raw(offset < 0 ? '-' : '+');
    int minutes = Math.abs(offset) / 60;
    out.two(minutes / 60);
    out.raw(':');
    out.two(minutes % 60);
  }

  private void dateTime(long micros) throws IOException {
    date((int) Math.floorDiv(micros, DAY));
    out.raw('T');
    time(Math.floorMod(micros, DAY));
  }

  /** Finds the stretch of wall clock around a time in which one offset holds. */
  private void remember(long micros) {
    LocalDateTime local = local(micros);
    ZoneOffsetTransition transition = AMSTERDAM.getTransition(local);
    ZoneOffset here = AMSTERDAM.getOffset(local);
    if (transition != null && transition.isGap()) {
      offset = transition.getOffsetAfter().getTotalSeconds();
      from = Long.MAX_VALUE;
      until = Long.MIN_VALUE;
      return;
    }
    offset = here.getTotalSeconds();
    ZoneOffsetTransition next = AMSTERDAM.nextTransition(local.toInstant(here));
    ZoneOffsetTransition last = AMSTERDAM.previousTransition(local.toInstant(here).plusNanos(1));
    until = next == null ? Long.MAX_VALUE : micros(next.getDateTimeBefore());
    from = last == null ? Long.MIN_VALUE : later(last);
  }

  // The hour that occurs twice belongs to the offset before it.
  private static long later(ZoneOffsetTransition transition) {
    return Math.max(micros(transition.getDateTimeBefore()), micros(transition.getDateTimeAfter()));
  }

  private static long shifted(long micros) {
    ZoneOffsetTransition gap = AMSTERDAM.getTransition(local(micros));
    return micros + gap.getDuration().toSeconds() * SECOND;
  }

  private static LocalDateTime local(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1_000, ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC) * SECOND;
  }
}
