package nl.ketendata.server.store;

import java.util.EnumSet;
import java.util.Set;

/**
 * How the values of a file are written; a value in another form does not fit.
 *
 * @param dates forms of a date
 * @param moments forms of the date before a time
 * @param decimals signs that may stand between a whole number and its zeros, as in {@code 12,00}
 * @param midnight whether a date may be written with the time 00:00 behind it
 */
public record ValueForms(
    Set<DateForm> dates, Set<DateForm> moments, Set<Character> decimals, boolean midnight) {
  /** Of a file that shows no form. */
  public static final ValueForms ANY =
      new ValueForms(
          EnumSet.allOf(DateForm.class), EnumSet.allOf(DateForm.class), Set.of(',', '.'), true);

  public ValueForms {
    dates = Set.copyOf(dates);
    moments = Set.copyOf(moments);
    decimals = Set.copyOf(decimals);
  }
}
