package nl.ketendata.server.odata.uri;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Reads whole numbers that are not negative. */
final class Numbers {
  private static final int DIGITS = 18;

  private Numbers() {}

  /**
   * @throws Failure KD521 when there is none, or one larger than allowed
   */
  static long read(Scanner scanner, long most) {
    String digits = scanner.digits();
    if (digits.isEmpty() || !scanner.end() && ";)".indexOf(scanner.peek()) < 0) {
      throw wrong(scanner, digits + scanner.rest(), most);
    }
    if (digits.length() > DIGITS || Long.parseLong(digits) > most) {
      throw wrong(scanner, digits, most);
    }
    return Long.parseLong(digits);
  }

  private static Failure wrong(Scanner scanner, String found, long most) {
    return Failure.of(
        Code.OPTION_NUMBER,
        scanner.option(),
        "0",
        most == Long.MAX_VALUE ? "9".repeat(DIGITS) : String.valueOf(most),
        Excerpt.of(found));
  }
}
