package nl.ketendata.server.identity;

import java.security.SecureRandom;

/** Makes passwords that are read from a screen and typed once. */
public final class OneTimePassword {
  /** No letters and digits that look alike. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP = 4;

  private OneTimePassword() {}

  /** Five groups of four letters and digits, such as {@code h3kd-…}: 99 random bits. */
  public static String next(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      if (i > 0 && i % GROUP == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }
}
