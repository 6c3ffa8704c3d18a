package nl.ketendata.server.store;

import java.util.regex.Pattern;

/** How a date is written. No text is a date in two of these forms. */
public enum DateForm {
  ISO("jjjj-mm-dd", Shapes.YEAR + "-[0-9]{2}-[0-9]{2}"),
  DUTCH("dd-mm-jjjj", "[0-9]{2}-[0-9]{2}-" + Shapes.YEAR),
  COMPACT("jjjjmmdd", Shapes.YEAR + "[0-9]{4}");

  private static final class Shapes {
    /** Four digits; there was no year 0. */
    static final String YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
  }

  private final String shown;
  private final String shape;
  private final Pattern pattern;

  DateForm(String shown, String shape) {
    this.shown = shown;
    this.shape = shape;
    this.pattern = Pattern.compile(shape);
  }

  /** As people write it, in Dutch. */
  public String shown() {
    return shown;
  }

  /** A regular expression of its shape, the same for Java and the engine. */
  public String shape() {
    return shape;
  }

  /** The number of characters. */
  public int length() {
    return shown.length();
  }

  /** Whether a text has the shape; it may still be no day. */
  public boolean matches(CharSequence text) {
    return pattern.matcher(text).matches();
  }

  /** A date of this form, in the form of ISO 8601. */
  public String iso(String text) {
    return switch (this) {
      case ISO -> text;
      case DUTCH -> text.substring(6, 10) + "-" + text.substring(3, 5) + "-" + text.substring(0, 2);
      case COMPACT ->
          text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6, 8);
    };
  }

  /** The engine's expression for {@link #iso}. */
  String sql(String raw) {
    return switch (this) {
      case ISO -> raw + "[1:10]";
      case DUTCH -> "%1$s[7:10] || '-' || %1$s[4:5] || '-' || %1$s[1:2]".formatted(raw);
      case COMPACT -> "%1$s[1:4] || '-' || %1$s[5:6] || '-' || %1$s[7:8]".formatted(raw);
    };
  }
}
