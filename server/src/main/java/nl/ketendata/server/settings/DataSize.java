package nl.ketendata.server.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk.
 *
 * @param bytes never negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*(B|KB|MB|GB|TB)");
  private static final String UNITS = "B KB MB GB TB";
  private static final int STEP = 1024;

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("A size is never negative: " + bytes);
    }
  }

  public static DataSize megabytes(long megabytes) {
    return new DataSize(Math.multiplyExact(megabytes, STEP * (long) STEP));
  }

  /** Reads {@code 512MB}: a whole number with B, KB, MB, GB or TB, each 1024 of the one before. */
  public static Optional<DataSize> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long bytes = Long.parseLong(matcher.group(1));
    for (String unit : UNITS.split(" ")) {
      if (unit.equals(matcher.group(2))) {
        return Optional.of(new DataSize(bytes));
      }
      if (bytes > Long.MAX_VALUE / STEP) {
        return Optional.empty();
      }
      bytes *= STEP;
    }
    return Optional.empty();
  }

  /** A part of this size. */
  public DataSize percent(int percent) {
    return new DataSize(bytes / 100 * percent);
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The largest unit that divides it: {@code 512MB}. */
  @Override
  public String toString() {
    long amount = bytes;
    String[] units = UNITS.split(" ");
    int unit = 0;
    while (unit < units.length - 1 && amount >= STEP && amount % STEP == 0) {
      amount /= STEP;
      unit++;
    }
    return amount + units[unit];
  }
}
