package nl.ketendata.server.ingest.csv;

import java.util.Arrays;

/**
 * Finds the fields of one row in bytes. Delimiters, quotes and line ends are ASCII, which no byte
 * of a longer character of UTF-8 or of Windows-1252 is.
 *
 * <p>Spaces around a quoted field are passed over, and a quote inside an unquoted one is text: as
 * the engine reads them.
 */
final class RowParser {
  private final char delimiter;
  private final boolean quoted;
  private final int longest;

  private byte[] bytes = new byte[0];
  private int limit;
  private int at;
  private int start;
  private int fields;
  private int end;
  private int next;
  private int breaks;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] escapes = new boolean[64];
  private boolean[] marks = new boolean[64];

  /**
   * @param longest bytes that a row may have
   */
  RowParser(char delimiter, boolean quoted, int longest) {
    this.delimiter = delimiter;
    this.quoted = quoted;
    this.longest = longest;
  }

  /** Whether a row begins here that ends where a row may end. */
  boolean parse(byte[] window, int from, int windowLimit) {
    bytes = window;
    limit = (int) Math.min(windowLimit, (long) from + longest);
    at = from;
    start = from;
    fields = 0;
    breaks = 0;
    do {
      if (!field()) {
        return false;
      }
    } while (delimiterHere());
    end = at;
    next = afterLineEnd(at);
    return true;
  }

  private boolean delimiterHere() {
    if (at < limit && bytes[at] == delimiter) {
      at++;
      return true;
    }
    return false;
  }

  private boolean field() {
    int from = at;
    int quote = quoted ? afterSpaces(at) : limit;
    if (quote < limit && bytes[quote] == '"') {
      return quotedField(quote + 1);
    }
    while (at < limit && bytes[at] != delimiter && !lineEnd(at)) {
      at++;
    }
    add(from, at, false, false);
    return at < limit || limit - start < longest;
  }

  private boolean quotedField(int from) {
    boolean escaped = false;
    at = from;
    while (at < limit) {
      byte octet = bytes[at];
      if (octet == '"') {
        if (at + 1 < limit && bytes[at + 1] == '"') {
          escaped = true;
          at++;
        } else {
          return closed(from, escaped);
        }
      } else if (lineEnd(at)) {
        breaks++;
        at = afterLineEnd(at) - 1;
      }
      at++;
    }
    return false;
  }

  private boolean closed(int from, boolean escaped) {
    add(from, at, escaped, true);
    at = afterSpaces(at + 1);
    return at < limit ? bytes[at] == delimiter || lineEnd(at) : limit - start < longest;
  }

  private int afterSpaces(int from) {
    int i = from;
    while (i < limit && bytes[i] == ' ') {
      i++;
    }
    return i;
  }

  private void add(int from, int to, boolean escaped, boolean marked) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, 2 * fields);
      ends = Arrays.copyOf(ends, 2 * fields);
      escapes = Arrays.copyOf(escapes, 2 * fields);
      marks = Arrays.copyOf(marks, 2 * fields);
    }
    starts[fields] = from;
    ends[fields] = to;
    escapes[fields] = escaped;
    marks[fields] = marked;
    fields++;
  }

  private boolean lineEnd(int i) {
    return bytes[i] == '\n' || bytes[i] == '\r';
  }

  /** Where the next line begins, when a line ends here or the bytes do. */
  int afterLineEnd(int i) {
    if (i >= limit) {
      return i;
    }
    return bytes[i] == '\r' && i + 1 < limit && bytes[i + 1] == '\n' ? i + 2 : i + 1;
  }

  int fields() {
    return fields;
  }

  /** Where the row ends, before its line end. */
  int end() {
    return end;
  }

  /** Where the next row begins. */
  int next() {
    return next;
  }

  /** Line breaks inside its fields. */
  int breaks() {
    return breaks;
  }

  int fieldStart(int field) {
    return starts[field];
  }

  int fieldEnd(int field) {
    return ends[field];
  }

  /** Whether quotes stand doubled in it. */
  boolean escaped(int field) {
    return escapes[field];
  }

  /** Whether it is quoted. */
  boolean marked(int field) {
    return marks[field];
  }
}
