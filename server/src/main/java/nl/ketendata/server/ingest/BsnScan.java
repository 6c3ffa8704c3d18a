package nl.ketendata.server.ingest;

import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks for readable numbers of citizens in a file of which nothing else is known: the ZIP is kept,
 * and so is whatever is in it. Keeps some different numbers for as long as it looks, and nothing on
 * disk.
 */
final class BsnScan extends OutputStream {
  private static final int LONGEST = 9;
  private static final int SHORTEST = 8;
  private static final int MOST = 10_000;

  private final Set<Integer> all = new HashSet<>();
  private final Set<Integer> passing = new HashSet<>();
  private final StringBuilder digits = new StringBuilder(LONGEST + 1);

  @Override
  public void write(int octet) {
    if (octet >= '0' && octet <= '9') {
      if (digits.length() <= LONGEST) {
        digits.append((char) octet);
      }
    } else if (digits.length() > 0) {
      end();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void end() {
    int length = digits.length();
    if (length >= SHORTEST && length <= LONGEST && all.size() < MOST) {
      int number = Integer.parseInt(digits, 0, length, 10);
      all.add(number);
      if (RefusedText.isBsn(digits.toString())) {
        passing.add(number);
      }
    }
    digits.setLength(0);
  }

  @Override
  public void close() {
    end();
  }

  /** How many different ones there are; none when it is not a list of them. */
  long found() {
    return PlainBsns.isOfCitizens(all.size(), passing.size()) ? passing.size() : 0;
  }
}
