package nl.ketendata.server.generate.sheet;

import java.time.LocalDate;
import java.util.stream.IntStream;

/** Days as numbers, the way the simulation counts them, and their texts. */
public final class Days {
  /** A day that is not set, later than all others. */
  public static final int OPEN = Integer.MAX_VALUE;

  private static final int EARLIEST = day(1900, 1, 1);
  private static final int LATEST = day(2060, 12, 31);

  /** Every text once: the same dates are written millions of times. */
  private static final String[] TEXTS =
      IntStream.rangeClosed(EARLIEST, LATEST)
          .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
          .toArray(String[]::new);

  private Days() {}

  public static int day(int year, int month, int dayOfMonth) {
    return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
  }

  /** {@code yyyy-MM-dd}. */
  public static String text(int day) {
    return TEXTS[day - EARLIEST];
  }

  /** {@code HH:mm:ss}. */
  public static String time(int second) {
    char[] text = {
      digit(second / 36_000), digit(second / 3_600 % 10), ':',
      digit(second / 600 % 6), digit(second / 60 % 10), ':',
      digit(second / 10 % 6), digit(second % 10)
    };
    return new String(text);
  }

  private static char digit(int value) {
    return (char) ('0' + value);
  }

  public static boolean isWorkday(int day) {
    return weekday(day) < 5;
  }

  /** 0 for Monday to 6 for Sunday. */
  public static int weekday(int day) {
    return Math.floorMod(day + 3, 7);
  }

  /** The working day that comes this many working days after a day. */
  public static int plusWorkdays(int day, int workdays) {
    int at = day;
    int left = workdays;
    while (left > 0 || !isWorkday(at)) {
      at++;
      if (isWorkday(at) && left > 0) {
        left--;
      }
    }
    return at;
  }

  /** Months since the year 0. */
  public static int month(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return date.getYear() * 12 + date.getMonthValue() - 1;
  }

  public static int firstOfMonth(int month) {
    return day(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1, 1);
  }

  public static int lastOfMonth(int month) {
    return firstOfMonth(month + 1) - 1;
  }
}
