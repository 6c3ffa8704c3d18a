package nl.ketendata.server.browse;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Name patterns of JDBC: {@code %} for any text, {@code _} for a character, {@code \} before one
 * that stands for itself. Names match in any case. No regular expression, since a pattern of many
 * {@code %} would keep one busy for years.
 */
public final class Like {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  private Like() {}

  /** Which names a pattern means; all of them when there is none. */
  public static Predicate<String> names(Optional<String> pattern) {
    if (pattern.isEmpty()) {
      return name -> true;
    }
    int[] signs = signs(pattern.get());
    return name -> matches(signs, name);
  }

  private static int[] signs(String pattern) {
    int[] signs = new int[pattern.length()];
    int count = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        signs[count++] = folded(pattern.charAt(i));
      } else {
        signs[count++] = c == '%' ? ANY_TEXT : c == '_' ? ANY_CHARACTER : folded(c);
      }
    }
    return Arrays.copyOf(signs, count);
  }

  /** Walks the name; at a mismatch the last {@code %} takes one character more. */
  private static boolean matches(int[] signs, String name) {
    int sign = 0;
    int at = 0;
    int lastAny = -1;
    int resume = 0;
    while (at < name.length()) {
      if (sign < signs.length && signs[sign] == ANY_TEXT) {
        lastAny = sign++;
        resume = at;
      } else if (sign < signs.length && fits(signs[sign], name.charAt(at))) {
        sign++;
        at++;
      } else if (lastAny >= 0) {
        sign = lastAny + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (sign < signs.length && signs[sign] == ANY_TEXT) {
      sign++;
    }
    return sign == signs.length;
  }

  private static boolean fits(int sign, char c) {
    return sign == ANY_CHARACTER || sign == folded(c);
  }

  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
