package nl.ketendata.server.odata.json;

import java.io.IOException;

/**
 * Writes a column of dates or moments, whose neighbours are often the same: what was worked out for
 * the last one is then written again.
 */
final class Repeated {
  private final JsonOut out;
  private final Form form;
  private final byte[] text = new byte[64];
  private int length;
  private long last;

  /** Writes one value, shorter than the room that {@link JsonOut#mark} makes. */
  interface Form {
    void write(long value) throws IOException;
  }

  Repeated(JsonOut out, Form form) {
    this.out = out;
    this.form = form;
  }

  void write(long value) throws IOException {
    if (value == last && length > 0) {
      out.raw(text, 0, length);
      return;
    }
    int mark = out.mark();
    form.write(value);
    length = out.since(mark, text);
    last = value;
  }
}
