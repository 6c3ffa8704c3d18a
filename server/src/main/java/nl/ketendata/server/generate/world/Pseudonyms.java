package nl.ketendata.server.generate.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;

/**
 * The four hashed values: SHA-256 with a salt per gemeente and seed, so equal values have equal
 * hashes in every file, in every delivery and in both products.
 *
 * <p>The test range has some nine thousand valid numbers. Further clients take the same numbers
 * again with the round's number in the salt, so that each client still has a hash of its own.
 */
public final class Pseudonyms {
  private static final int FIRST_BSN = 999_900_006;
  private static final int LAST_BSN = 999_999_990;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final String salt;
  private final String domain;
  private final MessageDigest digest;
  private final int[] bsns =
      IntStream.rangeClosed(FIRST_BSN, LAST_BSN).filter(Pseudonyms::passesElevenTest).toArray();

  /**
   * @param domain keeps the numbers of one product apart from those of the other; a BSN is the same
   *     in both
   */
  public Pseudonyms(long seed, String gemeente, String domain) {
    this.salt = seed + "/" + gemeente + "/";
    this.domain = domain;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public String bsn(int person) {
    return hash("bsn/" + person / bsns.length + "/" + bsns[person % bsns.length]);
  }

  public String assignment(int number) {
    return hash(domain + "/toewijzing/" + number);
  }

  /** A reference is unique within its provider only. */
  public String reference(String provider, int number) {
    return hash(domain + "/referentie/" + provider + "/" + number);
  }

  public String decision(int number) {
    return hash(domain + "/beschikking/" + number);
  }

  private String hash(String value) {
    byte[] bytes = digest.digest((salt + value).getBytes(StandardCharsets.UTF_8));
    char[] text = new char[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = HEX[bytes[i] >> 4 & 15];
      text[2 * i + 1] = HEX[bytes[i] & 15];
    }
    return new String(text);
  }

  private static boolean passesElevenTest(int bsn) {
    int sum = -(bsn % 10);
    int rest = bsn / 10;
    for (int weight = 2; weight <= 9; weight++) {
      sum += weight * (rest % 10);
      rest /= 10;
    }
    return sum % 11 == 0;
  }
}
