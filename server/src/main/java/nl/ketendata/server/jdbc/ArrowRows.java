package nl.ketendata.server.jdbc;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.query.ArrowTypes;
import nl.ketendata.server.query.Cell;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.TypedBatch;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of an answer, of the type that each column declares. */
final class ArrowRows implements Rows {
  private final RowStream stream;
  private Optional<TypedBatch> batch = Optional.empty();
  private List<Cell> cells = List.of();
  private int row = -1;
  private int rows;

  ArrowRows(RowStream stream) {
    this.stream = stream;
  }

  @Override
  public boolean next() {
    row++;
    while (row >= rows) {
      if (!stream.advance()) {
        return false;
      }
      take(stream.batch());
    }
    return true;
  }

  private void take(VectorSchemaRoot given) {
    if (batch.isEmpty()) {
      TypedBatch typed =
          new TypedBatch(ArrowTypes.schema(stream.columns()), given.getVector(0).getAllocator());
      batch = Optional.of(typed);
      cells = Cell.of(typed.root());
    }
    batch.orElseThrow().take(given);
    row = 0;
    rows = batch.orElseThrow().root().getRowCount();
  }

  @Override
  public void write(RowBytes to) {
    for (Cell cell : cells) {
      cell.tell(row, to);
    }
    to.end();
  }

  @Override
  public void close() {
    batch.ifPresent(TypedBatch::close);
    batch = Optional.empty();
    stream.close();
  }
}
