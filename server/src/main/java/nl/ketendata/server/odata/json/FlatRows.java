package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.util.List;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.vector.VarCharVector;

/** Goes through the first columns of rows, for who writes their values in another form of text. */
public final class FlatRows {
  private final Cursor cursor;
  private final Cells maker;
  private final List<ColumnType> types;
  private final Cell[] cells;

  /**
   * @param types tell a moment in UTC from a wall clock
   */
  public FlatRows(RowStream rows, List<ColumnType> types, JsonOut out) {
    this.cursor = new Cursor(rows);
    this.maker = new Cells(out, false);
    this.types = List.copyOf(types);
    this.cells = new Cell[types.size()];
  }

  /** Goes to the next row; false when there is none. */
  public boolean next() {
    if (!cursor.next()) {
      return false;
    }
    if (cursor.fresh()) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] = maker.of(cursor.batch().getVector(i), types.get(i), "");
      }
    }
    return true;
  }

  public boolean absent(int column) {
    return cells[column].absent(cursor.row());
  }

  public boolean isText(int column) {
    return cursor.batch().getVector(column) instanceof VarCharVector;
  }

  /** Text, in UTF-8. */
  public byte[] text(int column) {
    return ((VarCharVector) cursor.batch().getVector(column)).get(cursor.row());
  }

  /** Writes what is no text, as JSON has it but without quotes. */
  public void plain(int column) throws IOException {
    cells[column].bare(cursor.row());
  }
}
