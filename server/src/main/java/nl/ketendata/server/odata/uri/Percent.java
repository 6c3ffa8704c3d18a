package nl.ketendata.server.odata.uri;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Percent-encoding, read strictly: what is not UTF-8 is refused, never replaced. */
public final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Control characters that texts of deliveries hold, and that a filter can therefore ask for. */
  private static final String BREAKS = "\t\n\r";

  /** What stands where bytes came that were neither encoded nor UTF-8. */
  private static final int REPLACED = 0xFFFD;

  private Percent() {}

  /**
   * @throws Failure KD522 when a percent sign is not followed by two digits, the bytes are no
   *     UTF-8, or a control character other than a tab or the end of a line is hidden in them
   */
  public static String decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    int i = 0;
    while (i < raw.length()) {
      int c = raw.codePointAt(i);
      if (c == '%') {
        bytes.write(octet(raw, i));
        i += 3;
      } else if (c == REPLACED) {
        throw Failure.of(Code.URL_ENCODING, Excerpt.of(raw));
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return checked(raw, bytes.toByteArray());
  }

  /** Encodes all but letters, digits and {@code - . _ ~}. */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }

  private static int octet(String raw, int at) {
    if (at + 2 < raw.length()) {
      int high = Character.digit(raw.charAt(at + 1), 16);
      int low = Character.digit(raw.charAt(at + 2), 16);
      if (high >= 0 && low >= 0) {
        return high * 16 + low;
      }
    }
    throw Failure.of(Code.URL_ENCODING, raw.substring(at, Math.min(at + 3, raw.length())));
  }

  private static String checked(String raw, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().anyMatch(c -> c < ' ' && BREAKS.indexOf(c) < 0)) {
        throw Failure.of(Code.URL_ENCODING, Excerpt.of(raw));
      }
      return text;
    } catch (CharacterCodingException e) {
      throw Failure.of(Code.URL_ENCODING, Excerpt.of(raw)).causedBy(e);
    }
  }
}
