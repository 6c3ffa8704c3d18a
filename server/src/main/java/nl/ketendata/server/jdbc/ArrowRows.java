package nl.ketendata.server.jdbc;

import java.util.List;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of an answer, converted from Arrow to the type that each column declares. */
final class ArrowRows implements Rows {
  private final RowStream stream;
  private final Cell[] cells;
  private int row = -1;
  private int rows;

  ArrowRows(RowStream stream) {
    this.stream = stream;
    this.cells = new Cell[stream.columns().size()];
  }

  @Override
  public boolean next() {
    row++;
    while (row >= rows) {
      if (!stream.advance()) {
        return false;
      }
      bind(stream.batch());
    }
    return true;
  }

  private void bind(VectorSchemaRoot batch) {
    List<OutputColumn> columns = stream.columns();
    for (int i = 0; i < cells.length; i++) {
      cells[i] = WireType.of(columns.get(i).jdbcType()).cell(batch.getVector(i));
    }
    row = 0;
    rows = batch.getRowCount();
  }

  @Override
  public Object[] values() {
    Object[] values = new Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[i] = cells[i].at(row);
    }
    return values;
  }

  @Override
  public void close() {
    stream.close();
  }
}
