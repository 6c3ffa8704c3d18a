package nl.ketendata.server.identity;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Which passwords people may choose: long ones (NIST SP 800-63B, ASVS 5.0 6.2), of any characters,
 * that somebody would not guess. Lists of leaked passwords hold few of fifteen characters and more;
 * what people make of that length are common words, years and rows of keys one after another. So a
 * password is cut into such pieces, and what is left when each counts once must be enough.
 */
final class PasswordRules {
  /** Characters that a chosen password has at least. */
  static final int SHORTEST = 15;

  static final int LONGEST = 1_024;

  /** Pieces that differ. Four words of a dictionary that we do not have are many letters. */
  private static final int FEWEST_PIECES = 7;

  private static final int SHORTEST_WORD = 3;
  private static final int LONGEST_WORD = 64;

  private static final List<String> ROWS =
      List.of("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm");

  private static final String SIGNS = "013457@$!€";
  private static final String LETTERS = "oieastasie";
  private static final Pattern YEAR = Pattern.compile("(?:19|20)[0-9]{2}");
  private static final Pattern RUN = Pattern.compile("(.)\\1+");
  private static final Set<String> COMMON = CommonWords.all();

  private PasswordRules() {}

  /**
   * @param context words that anybody would try for this user
   * @throws Failure KD607 when it is too short, KD623 when it is too long, KD624 when it is easy to
   *     guess
   */
  static void check(String password, List<String> context) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      throw Failure.of(Code.WEAK_PASSWORD, length, SHORTEST);
    }
    if (length > LONGEST) {
      throw Failure.of(Code.LONG_PASSWORD, length, LONGEST);
    }
    if (pieces(password, context).size() < FEWEST_PIECES) {
      throw Failure.of(Code.COMMON_PASSWORD);
    }
  }

  private static Set<String> pieces(String password, List<String> context) {
    Set<String> words = new HashSet<>(COMMON);
    for (String each : context) {
      for (String word : plain(each).split("[^\\p{L}\\p{N}]+")) {
        words.add(word);
      }
      words.add(plain(each));
    }
    return cut(plain(password), words);
  }

  /** Digits and signs are read as they are, and as the letters that they look like. */
  private static Set<String> cut(String text, Set<String> words) {
    String meant = letters(text);
    Set<String> pieces = new HashSet<>();
    for (int at = 0; at < text.length(); ) {
      int asTyped = longest(text, at, words);
      int asMeant = longest(meant, at, words);
      int end = Math.max(asTyped, asMeant);
      pieces.add((asTyped < asMeant ? meant : text).substring(at, end));
      at = end;
    }
    return pieces;
  }

  /** Where the longest piece that begins here ends. */
  private static int longest(String text, int at, Set<String> words) {
    int end = at + 1;
    for (Pattern pattern : List.of(YEAR, RUN)) {
      Matcher matcher = pattern.matcher(text).region(at, text.length());
      if (matcher.lookingAt()) {
        end = Math.max(end, matcher.end());
      }
    }
    int most = Math.min(text.length(), at + LONGEST_WORD);
    for (int to = most; to >= Math.max(end + 1, at + SHORTEST_WORD); to--) {
      String part = text.substring(at, to);
      if (words.contains(part) || isRow(part)) {
        return to;
      }
    }
    return end;
  }

  /** Keys or letters one after another, either way. */
  private static boolean isRow(String part) {
    String back = new StringBuilder(part).reverse().toString();
    return ROWS.stream().anyMatch(row -> row.contains(part) || row.contains(back));
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private static String letters(String text) {
    StringBuilder read = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int sign = SIGNS.indexOf(text.charAt(i));
      if (sign >= 0) {
        read.setCharAt(i, LETTERS.charAt(sign));
      }
    }
    return read.toString();
  }
}
