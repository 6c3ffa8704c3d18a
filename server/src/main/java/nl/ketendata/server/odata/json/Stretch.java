package nl.ketendata.server.odata.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes up to 64 members of each row. What stands between the values, nulls included, is the same
 * for all rows in which the same columns are absent: so it is put together once for each such set,
 * and a row is a few pieces with its values between them. That halves what a row costs.
 */
final class Stretch {
  /** One bit of a long each. */
  static final int MOST = Long.SIZE;

  private static final int REMEMBERED = 512;
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final JsonOut out;
  private final byte[][] names;
  private final int from;
  private final boolean omitNulls;
  private final Cell[] cells;
  private final Absences absences = new Absences();
  private final Map<Long, Pattern> patterns = new HashMap<>();
  private Pattern pattern = new Pattern(new byte[0][], new int[0]);
  private long absent;

  /**
   * What is written around the values of a row.
   *
   * @param pieces what comes before each value and after the last one; no byte at all when the row
   *     has no member
   * @param values which cells have one
   */
  private record Pattern(byte[][] pieces, int[] values) {}

  /**
   * @param names what comes before each value, a comma first
   * @param from the column of the first one
   */
  Stretch(JsonOut out, byte[][] names, int from, boolean omitNulls) {
    this.out = out;
    this.names = names;
    this.from = from;
    this.omitNulls = omitNulls;
    this.cells = new Cell[names.length];
  }

  /** Takes the cells of a new batch; their types are those of the one before. */
  void load(Cell[] all, int rows) {
    absences.clear(rows);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = all[from + i];
      absences.add(cells[i].vector(), i);
    }
  }

  /**
   * Writes the members of a row.
   *
   * @param first whether no member was written yet
   * @return whether there is still none
   */
  boolean write(int row, boolean first) throws IOException {
    find(absences.of(row));
    byte[][] pieces = pattern.pieces;
    int[] values = pattern.values;
    if (pieces.length == 0) {
      return first;
    }
    out.raw(pieces[0], first ? 1 : 0);
    for (int i = 0; i < values.length; i++) {
      cells[values[i]].inside(row);
      out.raw(pieces[i + 1], 0);
    }
    return false;
  }

  private void find(long wanted) {
    if (wanted == absent && pattern.pieces.length > 0) {
      return;
    }
    if (patterns.size() > REMEMBERED) {
      patterns.clear();
    }
    absent = wanted;
    pattern = patterns.computeIfAbsent(wanted, this::make);
  }

  private Pattern make(long without) {
    List<byte[]> pieces = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    for (int i = 0; i < cells.length; i++) {
      boolean isAbsent = (without >> i & 1) != 0;
      if (isAbsent && omitNulls) {
        continue;
      }
      piece.writeBytes(names[i]);
      if (isAbsent) {
        piece.writeBytes(NULL);
        continue;
      }
      quote(piece, i);
      pieces.add(piece.toByteArray());
      values.add(i);
      piece.reset();
      quote(piece, i);
    }
    if (piece.size() > 0 || !pieces.isEmpty()) {
      pieces.add(piece.toByteArray());
    }
    return new Pattern(
        pieces.toArray(byte[][]::new), values.stream().mapToInt(Integer::intValue).toArray());
  }

  private void quote(ByteArrayOutputStream piece, int cell) {
    if (cells[cell].quoted()) {
      piece.write('"');
    }
  }
}
