package nl.ketendata.server.generate.sheet;

/** Numbers as text of a fixed length, in the same digits on every machine. */
public final class Digits {
  private Digits() {}

  /** The number with zeros before it; longer numbers keep all their digits. */
  public static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
