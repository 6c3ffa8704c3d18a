package nl.ketendata.server.flight;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts of 256 random bits, which nobody can guess. */
final class RandomIds {
  private static final int BYTES = 32;

  private final SecureRandom random;

  RandomIds(SecureRandom random) {
    this.random = random;
  }

  String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
