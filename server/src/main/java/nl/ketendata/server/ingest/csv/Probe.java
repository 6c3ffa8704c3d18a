package nl.ketendata.server.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * What the bytes of a whole file say, at the speed of memory: a plain file is looked at eight bytes
 * at a time. A sample would not do: the first ë may stand in the last row.
 *
 * @param bytes size of the file
 * @param marked whether it begins with a UTF-8 byte order mark
 * @param characters characters beyond ASCII that are valid UTF-8
 * @param strange places that are not valid UTF-8
 * @param ends what ends the lines
 * @param blankStart whether it begins with an empty line
 */
public record Probe(
    long bytes, boolean marked, long characters, long strange, LineEnds ends, boolean blankStart) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long RETURNS = ONES * '\r';
  private static final int CHUNK = 1 << 16;

  /** What ends the lines of a file, quoted line breaks included. */
  public enum LineEnds {
    NONE("-"),
    LF("LF"),
    CRLF("CRLF"),
    CR("CR"),
    MIXED("gemengd");

    private final String shown;

    LineEnds(String shown) {
      this.shown = shown;
    }

    public String shown() {
      return shown;
    }
  }

  /**
   * Reads a file through.
   *
   * @param name its name in the delivery
   * @throws Failure KD213 when it is UTF-16 or UTF-32
   */
  public static Probe of(Path file, String name) {
    Scan scan = new Scan();
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    boolean marked = false;
    boolean blankStart = false;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
        int from = 0;
        if (bytes == 0) {
          refuseForeign(chunk, n, name);
          marked = starts(chunk, n, 0xEF, 0xBB, 0xBF);
          from = marked ? 3 : 0;
          blankStart = from < n && (chunk[from] == '\n' || chunk[from] == '\r');
        }
        scan.take(chunk, from, n);
        bytes += n;
      }
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, name).causedBy(e);
    }
    scan.end();
    return new Probe(
        bytes, marked, scan.text.valid(), scan.text.invalid(), scan.ends(), blankStart);
  }

  /** Whether there is nothing in it. */
  public boolean empty() {
    return bytes <= (marked ? 3 : 0);
  }

  /** The encoding: Windows-1252 only when nothing in it can be UTF-8. */
  public Encoding encoding() {
    return strange > 0 && characters == 0 && !marked ? Encoding.WINDOWS_1252 : Encoding.UTF_8;
  }

  private static void refuseForeign(byte[] chunk, int n, String name) {
    if (starts(chunk, n, 0xFF, 0xFE, 0, 0) || starts(chunk, n, 0, 0, 0xFE, 0xFF)) {
      throw Failure.of(Code.FOREIGN_ENCODING, name, "UTF-32");
    }
    // Without a mark: every second byte of Latin text is zero.
    int zeros = 0;
    int looked = Math.min(n, 1024);
    for (int i = 0; i < looked; i++) {
      zeros += chunk[i] == 0 ? 1 : 0;
    }
    if (starts(chunk, n, 0xFF, 0xFE) || starts(chunk, n, 0xFE, 0xFF) || zeros * 3 > looked) {
      throw Failure.of(Code.FOREIGN_ENCODING, name, "UTF-16");
    }
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

  private static final class Scan {
    private final Utf8 text = new Utf8();
    private boolean lf;
    private boolean crlf;
    private boolean cr;
    private boolean afterReturn;

    void take(byte[] chunk, int from, int to) {
      if (!afterReturn && !text.inside() && plain(chunk, from, to)) {
        lf = lf || hasLineFeed(chunk, from, to);
        return;
      }
      for (int i = from; i < to; i++) {
        int octet = chunk[i] & 0xFF;
        line(octet);
        text.take(octet);
      }
    }

    private void line(int octet) {
      if (afterReturn) {
        crlf = crlf || octet == '\n';
        cr = cr || octet != '\n';
      } else if (octet == '\n') {
        lf = true;
      }
      afterReturn = octet == '\r';
    }

    private static boolean hasLineFeed(byte[] chunk, int from, int to) {
      for (int i = from; i < to; i++) {
        if (chunk[i] == '\n') {
          return true;
        }
      }
      return false;
    }

    /** Whether it is ASCII without a carriage return. */
    private static boolean plain(byte[] chunk, int from, int to) {
      int i = from;
      for (; i + Long.BYTES <= to; i += Long.BYTES) {
        long eight = (long) LONGS.get(chunk, i);
        long returns = eight ^ RETURNS;
        if ((eight & HIGH) != 0 || ((returns - ONES) & ~returns & HIGH) != 0) {
          return false;
        }
      }
      for (; i < to; i++) {
        if (chunk[i] < 0 || chunk[i] == '\r') {
          return false;
        }
      }
      return true;
    }

    void end() {
      cr = cr || afterReturn;
      text.end();
    }

    LineEnds ends() {
      int kinds = (lf ? 1 : 0) + (crlf ? 1 : 0) + (cr ? 1 : 0);
      if (kinds > 1) {
        return LineEnds.MIXED;
      }
      return crlf ? LineEnds.CRLF : lf ? LineEnds.LF : cr ? LineEnds.CR : LineEnds.NONE;
    }
  }
}
