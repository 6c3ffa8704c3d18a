package nl.ketendata.server.query;

import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows for a reader of totals only: the engine tells which value it could not work with, and that
 * would be one of one person.
 */
record Discreet(RowStream rows) implements RowStream {
  @Override
  public List<OutputColumn> columns() {
    return rows.columns();
  }

  @Override
  public boolean advance() {
    try {
      return rows.advance();
    } catch (Failure failure) {
      throw withoutValue(failure);
    }
  }

  private static Failure withoutValue(Failure failure) {
    return failure.code() == Code.DATA_VALUE ? Failure.of(Code.DATA_VALUE, "…") : failure;
  }

  @Override
  public VectorSchemaRoot batch() {
    return rows.batch();
  }

  @Override
  public void cancel() {
    rows.cancel();
  }

  @Override
  public void close() {
    rows.close();
  }
}
