package nl.ketendata.server.generate.world;

import nl.ketendata.server.generate.sheet.Days;

/**
 * When the exchange received a message.
 *
 * @param day Dutch calendar day, counted from 1970-01-01
 * @param second second of that day, Dutch wall clock
 * @param epochMillis the same moment in UTC, different for every message
 */
public record Moment(int day, int second, long epochMillis) {
  private static final int SECONDS_A_DAY = 86_400;

  /** The date-time this many seconds later, or earlier when negative. */
  public String plus(int seconds) {
    int shifted = second + seconds;
    int days = Math.floorDiv(shifted, SECONDS_A_DAY);
    return Days.text(day + days) + "T" + Days.time(Math.floorMod(shifted, SECONDS_A_DAY));
  }
}
