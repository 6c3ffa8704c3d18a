package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A buffer of JSON text in front of an answer. The answer begins when the buffer is full for the
 * first time or at {@link #finish}: until then a failure can still become an answer of its own. One
 * thread uses it.
 */
public final class JsonOut {
  private static final int SIZE = 64 * 1024;

  /** The longest thing that is written without asking for room in between: a date-time. */
  private static final int ROOM = 64;

  private static final int PIECE = 8 * 1024;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** One in each of eight bytes. */
  private static final long EACH = 0x0101_0101_0101_0101L;

  private static final long HIGH = 0x80 * EACH;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Beginning beginning;
  private final byte[] buffer = new byte[SIZE];
  private Optional<OutputStream> stream = Optional.empty();
  private int size;

  /** Begins the answer. */
  public interface Beginning {
    OutputStream begin() throws IOException;
  }

  public JsonOut(Beginning beginning) {
    this.beginning = beginning;
  }

  /** Writes text that is JSON already. */
  public void raw(String json) throws IOException {
    bytes(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes as they are. */
  public void bytes(byte[] bytes) throws IOException {
    raw(bytes, 0);
  }

  /** Writes bytes that are JSON already, from a place on. */
  void raw(byte[] json, int from) throws IOException {
    raw(json, from, json.length - from);
  }

  /** Writes some bytes that are JSON already. */
  void raw(byte[] json, int from, int length) throws IOException {
    if (length > SIZE - size) {
      flush();
    }
    if (length > SIZE) {
      stream().write(json, from, length);
      return;
    }
    System.arraycopy(json, from, buffer, size, length);
    size += length;
  }

  void raw(char ascii) throws IOException {
    room(1);
    buffer[size++] = (byte) ascii;
  }

  /** Writes text as a JSON string. */
  public void string(String text) throws IOException {
    raw('"');
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    escaped(utf8, utf8.length);
    raw('"');
  }

  /**
   * Writes UTF-8 from a direct buffer as the inside of a JSON string.
   *
   * @param harmless whether it is known that nothing in it needs escaping
   */
  void text(ByteBuffer source, int at, int length, boolean harmless) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      piece(source, at + done, Math.min(PIECE, length - done), harmless);
    }
  }

  // Copies first and looks afterwards: hardly any value needs escaping.
  private void piece(ByteBuffer source, int at, int length, boolean harmless) throws IOException {
    room(length);
    source.get(at, buffer, size, length);
    if (!harmless && special(size, size + length)) {
      byte[] copy = new byte[length];
      System.arraycopy(buffer, size, copy, 0, length);
      escaped(copy, length);
      return;
    }
    size += length;
  }

  // Eight bytes at a time: this loop is most of what writing text costs.
  private boolean special(int from, int until) {
    int i = from;
    for (; i <= until - Long.BYTES; i += Long.BYTES) {
      if (special((long) LONGS.get(buffer, i))) {
        return true;
      }
    }
    for (; i < until; i++) {
      if (special(buffer[i])) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing between two places of a direct buffer needs escaping. */
  static boolean harmless(ByteBuffer text, int from, int until) {
    int i = from;
    for (; i <= until - Long.BYTES; i += Long.BYTES) {
      if (special(text.getLong(i))) {
        return false;
      }
    }
    for (; i < until; i++) {
      if (special(text.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of eight bytes is special: of those alone the high bit stays. */
  private static boolean special(long eight) {
    long control = eight - ' ' * EACH & ~eight;
    return ((control
                | zero(eight ^ '"' * EACH)
                | zero(eight ^ '\\' * EACH)
                | zero(eight ^ 0x7f * EACH))
            & HIGH)
        != 0;
  }

  private static long zero(long eight) {
    return eight - EACH & ~eight;
  }

  private static boolean special(byte b) {
    return b >= 0 && b < ' ' || b == '"' || b == '\\' || b == 0x7f;
  }

  private void escaped(byte[] utf8, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      room(ROOM);
      byte b = utf8[i];
      if (!special(b)) {
        buffer[size++] = b;
        continue;
      }
      buffer[size++] = '\\';
      switch (b) {
        case '"', '\\' -> buffer[size++] = b;
        case '\n' -> buffer[size++] = 'n';
        case '\r' -> buffer[size++] = 'r';
        case '\t' -> buffer[size++] = 't';
        default -> unicode(b);
      }
    }
  }

  private void unicode(byte b) {
    buffer[size++] = 'u';
    buffer[size++] = '0';
    buffer[size++] = '0';
    buffer[size++] = HEX[b >> 4];
    buffer[size++] = HEX[b & 15];
  }

  /** Makes room for one thing of some short parts, and tells where it will stand. */
  int mark() throws IOException {
    room(2 * ROOM);
    return size;
  }

  /** What was written since a mark, into another place; its length. */
  int since(int mark, byte[] to) {
    System.arraycopy(buffer, mark, to, 0, size - mark);
    return size - mark;
  }

  /** Writes a whole number. */
  public void number(long value) throws IOException {
    room(ROOM);
    if (value < 0) {
      buffer[size++] = '-';
    }
    // Negative numbers reach one further than positive ones, so digits are taken from below zero.
    long rest = value < 0 ? value : -value;
    int end = size + digits(rest);
    int i = end;
    for (; rest <= -100; rest /= 100) {
      i -= 2;
      pair(i, (int) (rest / 100 * 100 - rest));
    }
    if (rest <= -10) {
      pair(i - 2, (int) -rest);
    } else {
      buffer[i - 1] = (byte) ('0' - rest);
    }
    size = end;
  }

  private static int digits(long belowZero) {
    int digits = 1;
    for (long power = -10; digits < 19 && belowZero <= power; power *= 10) {
      digits++;
    }
    return digits;
  }

  private void pair(int at, int value) {
    buffer[at] = (byte) ('0' + value / 10);
    buffer[at + 1] = (byte) ('0' + value % 10);
  }

  /** Writes at most nine digits, with leading zeros. */
  void padded(int value, int width) throws IOException {
    room(ROOM);
    int rest = value;
    for (int i = size + width - 1; i >= size; i--) {
      int tenth = rest / 10;
      buffer[i] = (byte) ('0' + rest - 10 * tenth);
      rest = tenth;
    }
    size += width;
  }

  /** Writes a number below a hundred in two digits. */
  void two(int value) throws IOException {
    room(ROOM);
    pair(size, value);
    size += 2;
  }

  /** Makes room for so many bytes. */
  private void room(int wanted) throws IOException {
    if (wanted > SIZE - size) {
      flush();
    }
  }

  private void flush() throws IOException {
    stream().write(buffer, 0, size);
    size = 0;
  }

  private OutputStream stream() throws IOException {
    if (stream.isEmpty()) {
      stream = Optional.of(beginning.begin());
    }
    return stream.get();
  }

  /** Completes the answer. Not in a {@code finally}: half an answer must not look whole. */
  public void finish() throws IOException {
    flush();
    stream().close();
  }
}
