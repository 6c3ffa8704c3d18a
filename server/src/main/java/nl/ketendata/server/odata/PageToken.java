package nl.ketendata.server.odata;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Where a page begins. Not secret and not trusted: it grants nothing that its bearer may not see.
 *
 * @param version the version that the walk goes through
 * @param ordered whether {@code at} is a number of rows to pass over; otherwise a position
 * @param at where the page begins
 * @param remaining rows left of {@code $top}
 * @param count the number of all rows, when asked, so that it is counted once
 * @param pageSize rows of a page
 * @param tracked whether the walk ends in a link to what changes after it
 * @param question fingerprint of the question that it belongs to
 */
record PageToken(
    String version,
    boolean ordered,
    long at,
    OptionalLong remaining,
    OptionalLong count,
    int pageSize,
    boolean tracked,
    String question) {

  private static final Pattern TEXT =
      Pattern.compile(
          "([A-Za-z0-9-]+)\\.([op])\\.(\\d{1,18})\\.(\\d{0,18})\\.(\\d{0,18})\\.(\\d{1,9})(t?)\\.(\\w+)");
  private static final int FINGERPRINT = 8;

  String encode() {
    String text =
        String.join(
            ".",
            version,
            ordered ? "o" : "p",
            String.valueOf(at),
            text(remaining),
            text(count),
            pageSize + (tracked ? "t" : ""),
            question);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param question fingerprint of the question that the token came with
   * @throws Failure KD509 when it is not ours, or another question's
   */
  static PageToken decode(String token, String question) {
    Matcher text = TEXT.matcher(plain(token));
    if (!text.matches() || !text.group(8).equals(question) || text.group(6).equals("0")) {
      throw Failure.of(Code.PAGE_TOKEN, shortened(token)).about("$skiptoken");
    }
    return new PageToken(
        text.group(1),
        text.group(2).equals("o"),
        Long.parseLong(text.group(3)),
        number(text.group(4)),
        number(text.group(5)),
        Integer.parseInt(text.group(6)),
        !text.group(7).isEmpty(),
        text.group(8));
  }

  /** A short text that differs when the question does. */
  static String fingerprint(String question) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String plain(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Code.PAGE_TOKEN, shortened(token)).about("$skiptoken").causedBy(e);
    }
  }

  static String shortened(String token) {
    return token.length() <= 40 ? token : token.substring(0, 40) + "…";
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
  }

  private static OptionalLong number(String text) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
