package nl.ketendata.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id with the parameters of OWASP ASVS 5.0 (19 MiB, two passes, one lane), written in PHC
 * form, so that other parameters can follow without losing the passwords that are there.
 */
final class PasswordHash {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9])"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private PasswordHash() {}

  static String of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = hash(password, parameters(MEMORY_KIB, PASSES, 1, salt), HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(MEMORY_KIB, PASSES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** Whether the password has this hash; never for a text that is no hash. Takes 19 MiB. */
  static boolean matches(String password, String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(matcher.group(5));
    Argon2Parameters parameters =
        parameters(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            Base64.getDecoder().decode(matcher.group(4)));
    return MessageDigest.isEqual(expected, hash(password, parameters, expected.length));
  }

  private static Argon2Parameters parameters(int memoryKib, int passes, int lanes, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memoryKib)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt)
        .build();
  }

  /** The same letters may be sent composed or not, so they are composed before they are hashed. */
  private static byte[] hash(String password, Argon2Parameters parameters, int length) {
    String composed = Normalizer.normalize(password, Normalizer.Form.NFC);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] hash = new byte[length];
    generator.generateBytes(composed.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
