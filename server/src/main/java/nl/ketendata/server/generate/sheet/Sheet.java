package nl.ketendata.server.generate.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;

/** One CSV file: a row is filled cell by cell, in any order, and then written. */
public final class Sheet {
  private static final int FLUSH_AT = 1 << 16;

  private final Table table;
  private final List<Cell> cells;
  private final Map<String, Cell> byName = new HashMap<>();
  private byte[] buffer = new byte[FLUSH_AT + (1 << 13)];
  private int size;
  private OutputStream out = OutputStream.nullOutputStream();

  public Sheet(Table table) {
    this.table = table;
    this.cells = IntStream.range(0, table.columns().size()).mapToObj(Cell::new).toList();
    cells.forEach(cell -> byName.put(table.columns().get(cell.index()).name(), cell));
  }

  public String name() {
    return table.name();
  }

  public Table table() {
    return table;
  }

  /**
   * The place of a column.
   *
   * @throws IllegalArgumentException when the catalogue lacks the column
   */
  public Cell cell(String column) {
    return cellIfAny(column)
        .orElseThrow(() -> new IllegalArgumentException(name() + " lacks " + column));
  }

  /** The place of a column that only one of the products has. */
  public Optional<Cell> cellIfAny(String column) {
    return Optional.ofNullable(byName.get(column));
  }

  public Cell key() {
    return cell(table.key());
  }

  /** The row as filled so far. */
  public String[] values() {
    String[] values = new String[cells.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cells.get(i).value();
    }
    return values;
  }

  /** Turns to the next delivery's file and writes its header line. */
  public void open(OutputStream stream) throws IOException {
    out = stream;
    String header = String.join(",", table.columns().stream().map(Column::name).toList());
    out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the row and empties all cells. */
  public void write() {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        put((byte) ',');
      }
      Cell cell = cells.get(i);
      append(cell.value());
      cell.clear();
    }
    put((byte) '\n');
    if (size >= FLUSH_AT) {
      flush();
    }
  }

  private void append(String text) {
    int start = size;
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == ',' || c == '"' || c == '\n' || c == '\r') {
        size = start;
        appendSlowly(text);
        return;
      }
      buffer[size++] = (byte) c;
    }
  }

  private void appendSlowly(String text) {
    boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    String field = quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void put(byte value) {
    reserve(1);
    buffer[size++] = value;
  }

  private void reserve(int length) {
    if (size + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + length, buffer.length * 2));
    }
  }

  /** Hands what is buffered to the file. */
  public void flush() {
    try {
      out.write(buffer, 0, size);
      size = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
