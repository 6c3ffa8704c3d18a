package nl.ketendata.server.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of refused rows and values as it may be kept: nobody's BSN, whatever column it came from.
 */
final class RefusedText {
  private static final Pattern CANDIDATE =
      Pattern.compile("(?<![0-9])[0-9](?:[. ]?[0-9]){7,8}(?![0-9])");
  private static final int SHORTEST = 8;
  private static final String MASK = "*********";

  private RefusedText() {}

  /** The text with whatever passes the eleven-test made unreadable. */
  static String masked(String text) {
    if (digits(text) < SHORTEST) {
      return text;
    }
    Matcher candidates = CANDIDATE.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (candidates.find()) {
      String found = candidates.group();
      candidates.appendReplacement(masked, Matcher.quoteReplacement(isBsn(found) ? MASK : found));
    }
    return candidates.appendTail(masked).toString();
  }

  private static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      digits += sign >= '0' && sign <= '9' ? 1 : 0;
    }
    return digits;
  }

  /** Whether a text is written as a BSN and passes its eleven-test; all zeros is nobody's. */
  static boolean isBsn(String text) {
    String digits = text.replace(".", "").replace(" ", "");
    if (!digits.matches("[0-9]{8,9}") || digits.matches("0+")) {
      return false;
    }
    String nine = digits.length() == 8 ? "0" + digits : digits;
    int sum = -Character.digit(nine.charAt(8), 10);
    for (int i = 0; i < 8; i++) {
      sum += (9 - i) * Character.digit(nine.charAt(i), 10);
    }
    return sum % 11 == 0;
  }
}
