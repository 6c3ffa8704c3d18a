package nl.ketendata.server.console;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Values as text, where the form of an answer has no other way: ISO 8601, and plain numbers. */
final class Iso {
  private static final long MICROS = 1_000_000;

  private Iso() {}

  static String date(int days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  static String time(long micros) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * 1_000));
  }

  static String moment(long micros) {
    int nanos = (int) Math.floorMod(micros, MICROS) * 1_000;
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos, ZoneOffset.UTC));
  }

  static String real(double value) {
    return Double.isFinite(value) ? new BigDecimal(Double.toString(value)).toString() : "" + value;
  }
}
