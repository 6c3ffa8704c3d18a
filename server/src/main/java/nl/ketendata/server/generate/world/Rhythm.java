package nl.ketendata.server.generate.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import nl.ketendata.server.generate.sheet.Days;

/**
 * How the traffic is spread over the days: little in the weekend and around Christmas, more after
 * the turn of a month, growing in the first year. A small order covers a shorter time, since a
 * gemeente with a message a month would answer everything too late.
 */
public final class Rhythm {
  public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
  private static final int START = Days.day(2021, 1, 1);

  /** A Sunday: the last delivery's day, on which nothing is exchanged any more. */
  private static final int END = Days.day(2026, 11, 22);

  private static final int SHORTEST = 60;
  private static final int RAMP = 420;
  private static final int FIRST_MILLISECOND = 23_400_000;
  private static final int MILLISECONDS = 57_000_000;
  private static final double[] WEEKDAYS = {1.12, 1.06, 1.0, 1.02, 0.86, 0.06, 0.02};

  private final long messages;
  private final int first;
  private final double[] cumulative;

  public Rhythm(long messages) {
    this.messages = messages;
    int days = (int) Math.max(SHORTEST, Math.min(END - START, messages));
    first = END - days;
    cumulative = new double[days];
    double sum = 0;
    for (int i = 0; i < days; i++) {
      sum += weight(first + i);
      cumulative[i] = sum;
    }
  }

  private double weight(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    double ramp = 0.6 + 0.4 * Math.min(1.0, (day - first) / (double) RAMP);
    double month = date.getDayOfMonth() <= 14 ? 1.12 : 0.92;
    boolean christmas = date.getMonthValue() == 12 && date.getDayOfMonth() >= 23;
    return WEEKDAYS[Days.weekday(day)] * ramp * month * (christmas ? 0.35 : 1.0);
  }

  public int first() {
    return first;
  }

  /** The day of the last delivery, the first without messages. */
  public int last() {
    return END;
  }

  /** The number of messages on a day; all days together have exactly the wanted number. */
  public int quota(int day) {
    int index = day - first;
    return (int) (upTo(index) - (index == 0 ? 0 : upTo(index - 1)));
  }

  private long upTo(int index) {
    double total = cumulative[cumulative.length - 1];
    return index == cumulative.length - 1
        ? messages
        : (long) Math.floor(messages * (cumulative[index] / total));
  }

  /** Rising moments of one day. */
  public Moment[] moments(int day, int count, Dice dice) {
    int[] millis = new int[count];
    for (int i = 0; i < count; i++) {
      millis[i] = FIRST_MILLISECOND + dice.below(MILLISECONDS);
    }
    Arrays.sort(millis);
    Instant noon = LocalDate.ofEpochDay(day).atTime(LocalTime.NOON).atZone(ZONE).toInstant();
    long midnight = noon.toEpochMilli() - 43_200_000L;
    Moment[] moments = new Moment[count];
    int previous = 0;
    for (int i = 0; i < count; i++) {
      previous = Math.max(previous + 1, millis[i]);
      moments[i] = new Moment(day, previous / 1000, midnight + previous);
    }
    return moments;
  }
}
