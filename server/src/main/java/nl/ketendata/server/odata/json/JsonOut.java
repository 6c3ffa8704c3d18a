package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;

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
    raw(json.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** Writes bytes as they are. */
  public void bytes(byte[] bytes) throws IOException {
    raw(bytes, 0);
  }

  /** Writes bytes that are JSON already, from a place on. */
  void raw(byte[] json, int from) throws IOException {
    int length = json.length - from;
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

  /** Writes UTF-8 from an Arrow buffer as a JSON string. */
  void string(ArrowBuf source, long offset, int length) throws IOException {
    raw('"');
    for (int done = 0; done < length; done += PIECE) {
      piece(source, offset + done, Math.min(PIECE, length - done));
    }
    raw('"');
  }

  // Copies first and looks afterwards: hardly any value needs escaping.
  private void piece(ArrowBuf source, long offset, int length) throws IOException {
    room(length);
    source.getBytes(offset, buffer, size, length);
    if (special(size, size + length)) {
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

  /** Writes a short value and takes off its quotes, if it has them. */
  void unquoted(Piece value) throws IOException {
    room(ROOM);
    int start = size;
    value.write();
    if (size > start && buffer[start] == '"') {
      System.arraycopy(buffer, start + 1, buffer, start, size - start - 2);
      size -= 2;
    }
  }

  /** Writes a part of an answer. */
  interface Piece {
    void write() throws IOException;
  }

  /** Writes a whole number. */
  public void number(long value) throws IOException {
    room(ROOM);
    if (value < 0) {
      buffer[size++] = '-';
    }
    int digits = digits(value);
    // Negative numbers reach one further than positive ones, so digits are taken from below zero.
    long rest = value < 0 ? value : -value;
    for (int i = size + digits - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private static int digits(long value) {
    long rest = value < 0 ? value : -value;
    int digits = 1;
    while (rest <= -10) {
      rest /= 10;
      digits++;
    }
    return digits;
  }

  /** Writes at most nine digits, with leading zeros. */
  void padded(long value, int width) throws IOException {
    room(ROOM);
    int rest = (int) value;
    for (int i = size + width - 1; i >= size; i--) {
      int tenth = rest / 10;
      buffer[i] = (byte) ('0' + rest - 10 * tenth);
      rest = tenth;
    }
    size += width;
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
