package nl.ketendata.server.ingest.csv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CSV file row by row and says of every row where it begins and whether it can be placed.
 * Memory does not grow with the file, nor with what an unclosed quote takes with it.
 *
 * <p>Every line that is not empty is in exactly one row. A row that is broken costs its first line;
 * the next line gets a chance of its own, so that a quote that is never closed takes no other rows
 * along.
 */
public final class CsvRecords implements Closeable {
  /** Bytes that a row may have; a copy in UTF-8 with doubled quotes stays below the engine's. */
  public static final int LONGEST = 640 << 10;

  private final Layout layout;
  private final int width;
  private final Window window;
  private final RowParser row;
  private final RowParser inner;
  private long line;
  private long nextLine = 1;
  private Optional<RowFault> fault = Optional.empty();
  private String text = "";
  private int next;

  /**
   * @param width fields that a row must have; 0 for any number
   */
  public CsvRecords(Path file, Layout layout, int width) throws IOException {
    this.layout = layout;
    this.width = width;
    this.row = new RowParser(layout.delimiter(), layout.quoted(), LONGEST);
    this.inner = new RowParser(layout.delimiter(), layout.quoted(), LONGEST);
    this.window = new Window(file, LONGEST + 2);
    window.moveTo(0);
    this.next = layout.marked() ? 3 : 0;
  }

  /** Moves to the next row; false at the end. */
  public boolean next() throws IOException {
    window.moveTo(next);
    while (width != 1 && emptyLine()) {
      nextLine++;
      window.moveTo(lineAfter(window.position()));
    }
    if (window.position() >= window.limit()) {
      return false;
    }
    line = nextLine;
    read();
    return true;
  }

  private boolean emptyLine() {
    return window.position() < window.limit() && lineEnd(window.position()) == window.position();
  }

  private void read() throws IOException {
    int from = window.position();
    if (!row.parse(window.bytes(), from, window.limit())) {
      refuseFirstLine(RowFault.QUOTING);
    } else if (!fits(row) && row.breaks() > 0 && takesARowAlong(from)) {
      refuseFirstLine(RowFault.QUOTING);
    } else {
      next = row.next();
      nextLine = line + row.breaks() + 1;
      fault = fault(from);
      text = fault.isPresent() ? string(from, row.end()) : "";
    }
  }

  private Optional<RowFault> fault(int from) {
    if (!fits(row)) {
      return Optional.of(RowFault.FIELD_COUNT);
    }
    return isText(from, row.end()) ? Optional.empty() : Optional.of(RowFault.ENCODING);
  }

  /** One empty field more is a line that ends with a delimiter. */
  private boolean fits(RowParser parser) {
    return width == 0
        || parser.fields() == width
        || parser.fields() == width + 1
            && !parser.marked(width)
            && parser.fieldStart(width) == parser.fieldEnd(width);
  }

  private boolean takesARowAlong(int from) {
    int at = lineAfter(from);
    while (at < row.end()) {
      if (inner.parse(window.bytes(), at, window.limit()) && inner.breaks() == 0 && fits(inner)) {
        return true;
      }
      at = lineAfter(at);
    }
    return false;
  }

  private int lineEnd(int from) {
    int i = from;
    while (i < window.limit() && window.bytes()[i] != '\n' && window.bytes()[i] != '\r') {
      i++;
    }
    return i;
  }

  private int lineAfter(int from) {
    int i = lineEnd(from);
    boolean two =
        i + 1 < window.limit() && window.bytes()[i] == '\r' && window.bytes()[i + 1] == '\n';
    return Math.min(window.limit(), two ? i + 2 : i + 1);
  }

  private void refuseFirstLine(RowFault why) throws IOException {
    int from = window.position();
    int end = lineEnd(from);
    boolean tooLong = end - from >= LONGEST;
    fault = Optional.of(tooLong ? RowFault.TOO_LONG : why);
    text = string(from, Math.min(end, from + LONGEST));
    nextLine = line + 1;
    while (end == window.limit() && end > window.position()) {
      window.moveTo(end);
      end = lineEnd(window.position());
    }
    next = lineAfter(end);
  }

  /** The line on which the row begins, from 1. */
  public long line() {
    return line;
  }

  /** Why the row cannot be placed; empty when it can. */
  public Optional<RowFault> fault() {
    return fault;
  }

  /** The number of fields found. */
  public int found() {
    return row.fields();
  }

  RowParser parser() {
    return row;
  }

  byte[] bytes() {
    return window.bytes();
  }

  /** The fields of a row without fault. */
  public List<String> fields() {
    int count = width == 0 ? row.fields() : width;
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(field(i));
    }
    return texts;
  }

  /** A field of a row without fault. */
  public String field(int i) {
    String value = string(row.fieldStart(i), row.fieldEnd(i));
    return row.escaped(i) ? value.replace("\"\"", "\"") : value;
  }

  /** A row with a fault as it stands in the file; cut when it is too long. */
  public String text() {
    return text;
  }

  private String string(int from, int to) {
    return new String(window.bytes(), from, to - from, layout.encoding().charset());
  }

  private boolean isText(int from, int to) {
    byte[] bytes = window.bytes();
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i == to || decodes(ByteBuffer.wrap(bytes, i, to - i));
  }

  private boolean decodes(ByteBuffer octets) {
    try {
      layout
          .encoding()
          .charset()
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(octets);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
