package nl.ketendata.server.odata.json;

import java.io.IOException;
import org.apache.arrow.vector.FieldVector;

/** One column of the batch at hand. */
final class Cell {
  private final JsonOut out;
  private final FieldVector vector;
  private final boolean quoted;
  private final Value value;
  private final Value bare;

  /** Writes the value of a row, without the quotes that all values of its column have. */
  interface Value {
    void write(int row) throws IOException;
  }

  /**
   * @param quoted whether JSON has each value between quotes
   */
  Cell(JsonOut out, FieldVector vector, boolean quoted, Value value) {
    this(out, vector, quoted, value, value);
  }

  /**
   * @param bare writes a value outside JSON
   */
  Cell(JsonOut out, FieldVector vector, boolean quoted, Value value, Value bare) {
    this.out = out;
    this.vector = vector;
    this.quoted = quoted;
    this.value = value;
    this.bare = bare;
  }

  FieldVector vector() {
    return vector;
  }

  boolean quoted() {
    return quoted;
  }

  boolean absent(int row) {
    return vector.isNull(row);
  }

  /** Writes a value that is there. */
  void write(int row) throws IOException {
    if (!quoted) {
      value.write(row);
      return;
    }
    out.raw('"');
    value.write(row);
    out.raw('"');
  }

  /** Writes what stands between the quotes, or all when there are none. */
  void inside(int row) throws IOException {
    value.write(row);
  }

  /** Writes a value that is there as text that is no JSON. */
  void bare(int row) throws IOException {
    bare.write(row);
  }
}
