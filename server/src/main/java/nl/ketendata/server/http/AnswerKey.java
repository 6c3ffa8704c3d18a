package nl.ketendata.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names an answer: requests with equal keys get equal bytes.
 *
 * @param source the data that it was made of; once that is gone, so is the answer
 * @param digest of everything else that it depends on, the view of the caller included
 */
public record AnswerKey(String source, String digest) {

  /**
   * @param source names one version of the data
   * @param parts all that the answer depends on besides; what one caller may see and another may
   *     not must be among them
   */
  public static AnswerKey of(String source, String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The lengths keep ("ab", "c") apart from ("a", "bc").
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
      }
      return new AnswerKey(source, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
