package nl.ketendata.server.ingest.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Looks at the bytes of a file on their way to disk, at the speed of memory: eight at a time where
 * they are plain.
 */
public final class Probing {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long RETURNS = ONES * '\r';
  private static final int FIRST = 1024;

  private final String name;
  private final Utf8 text = new Utf8();
  private Optional<Failure> foreign = Optional.empty();
  private long bytes;
  private boolean marked;
  private boolean blankStart;
  private boolean lf;
  private boolean crlf;
  private boolean cr;
  private boolean afterReturn;

  /**
   * @param name the file's name in the delivery
   */
  public Probing(String name) {
    this.name = name;
  }

  /** Looks at the next bytes; the first time at a thousand of them at least, or at all. */
  public void take(byte[] chunk, int length) {
    int from = bytes == 0 ? begin(chunk, length) : 0;
    bytes += length;
    while (from < length) {
      from = plain(chunk, from, length);
      if (from < length) {
        take(chunk[from] & 0xFF);
        from++;
      }
    }
  }

  /** Passes over what is ASCII without a carriage return. */
  private int plain(byte[] chunk, int from, int to) {
    if (afterReturn || text.inside()) {
      return from;
    }
    int i = from;
    while (i + Long.BYTES <= to) {
      long eight = (long) LONGS.get(chunk, i);
      long returns = eight ^ RETURNS;
      if ((eight & HIGH) != 0 || ((returns - ONES) & ~returns & HIGH) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    for (int j = from; j < i && !lf; j++) {
      lf = chunk[j] == '\n';
    }
    return i;
  }

  private void take(int octet) {
    if (afterReturn) {
      crlf = crlf || octet == '\n';
      cr = cr || octet != '\n';
    } else if (octet == '\n') {
      lf = true;
    }
    afterReturn = octet == '\r';
    text.take(octet);
  }

  /** Gives where the text begins. */
  private int begin(byte[] chunk, int n) {
    foreign = foreign(chunk, n).map(what -> Failure.of(Code.FOREIGN_ENCODING, name, what));
    marked = starts(chunk, n, 0xEF, 0xBB, 0xBF);
    int from = marked ? 3 : 0;
    blankStart = from < n && (chunk[from] == '\n' || chunk[from] == '\r');
    return from;
  }

  private static Optional<String> foreign(byte[] chunk, int n) {
    if (starts(chunk, n, 0xFF, 0xFE, 0, 0) || starts(chunk, n, 0, 0, 0xFE, 0xFF)) {
      return Optional.of("UTF-32");
    }
    // Without a mark: every second byte of Latin text is zero.
    int zeros = 0;
    int looked = Math.min(n, FIRST);
    for (int i = 0; i < looked; i++) {
      zeros += chunk[i] == 0 ? 1 : 0;
    }
    return starts(chunk, n, 0xFF, 0xFE) || starts(chunk, n, 0xFE, 0xFF) || zeros * 3 > looked
        ? Optional.of("UTF-16")
        : Optional.empty();
  }

  private static boolean starts(byte[] chunk, int n, int... octets) {
    if (n < octets.length) {
      return false;
    }
    for (int i = 0; i < octets.length; i++) {
      if ((chunk[i] & 0xFF) != octets[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * What all of it said.
   *
   * @throws Failure KD213 when it is UTF-16 or UTF-32
   */
  public Probe end() {
    if (foreign.isPresent()) {
      throw foreign.get();
    }
    cr = cr || afterReturn;
    text.end();
    return new Probe(bytes, marked, text.valid(), text.invalid(), ends(), blankStart);
  }

  private Probe.LineEnds ends() {
    int kinds = (lf ? 1 : 0) + (crlf ? 1 : 0) + (cr ? 1 : 0);
    if (kinds > 1) {
      return Probe.LineEnds.MIXED;
    }
    return crlf
        ? Probe.LineEnds.CRLF
        : lf ? Probe.LineEnds.LF : cr ? Probe.LineEnds.CR : Probe.LineEnds.NONE;
  }
}
