package nl.ketendata.server.generate.world;

/**
 * Row keys in the layout of UUID version 7: first the moment, then the row's number in its message,
 * then chance. So the order of keys is the order of time, in every table.
 */
public final class RowKeys {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final Dice dice;
  private long moment;
  private int row;

  public RowKeys(Dice dice) {
    this.dice = dice;
  }

  /** Starts the keys of a message. */
  public void begin(Moment now) {
    moment = now.epochMillis();
    row = 0;
  }

  public String next() {
    long high = moment << 16 | 0x7000L | row++ & 0xFFFL;
    long low = dice.bits() >>> 2 | 0x8000_0000_0000_0000L;
    return text(high, low);
  }

  /** A reference that has the shape of a key and no order. */
  public String reference() {
    long high = dice.bits() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
    long low = dice.bits() >>> 2 | 0x8000_0000_0000_0000L;
    return text(high, low);
  }

  private static String text(long high, long low) {
    char[] text = new char[36];
    int at = 0;
    for (int nibble = 0; nibble < 32; nibble++) {
      if (at == 8 || at == 13 || at == 18 || at == 23) {
        text[at++] = '-';
      }
      long half = nibble < 16 ? high : low;
      text[at++] = HEX[(int) (half >>> (60 - 4 * (nibble & 15))) & 15];
    }
    return new String(text);
  }
}
