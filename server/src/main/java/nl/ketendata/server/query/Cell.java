package nl.ketendata.server.query;

import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One column of a batch, for wires that say each value on its own. The type of a vector is looked
 * at once for a column, not for every row.
 */
@FunctionalInterface
public interface Cell {
  /** Tells the value in a row. */
  void tell(int row, Values values);

  /** The columns of a batch, in their order. */
  static List<Cell> of(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream().map(Cell::of).toList();
  }

  private static Cell of(FieldVector vector) {
    Cell filled = filled(vector);
    return (row, values) -> {
      if (vector.isNull(row)) {
        values.nothing();
      } else {
        filled.tell(row, values);
      }
    };
  }

  private static Cell filled(FieldVector vector) {
    if (vector instanceof VarCharVector texts) {
      return (row, values) -> values.text(texts, row);
    }
    if (vector instanceof BigIntVector numbers) {
      return (row, values) -> values.bigint(numbers.get(row));
    }
    if (vector instanceof BaseIntVector numbers) {
      return (row, values) -> values.integer((int) numbers.getValueAsLong(row));
    }
    if (vector instanceof DecimalVector numbers) {
      return (row, values) -> values.decimal(numbers.getObject(row));
    }
    if (vector instanceof FloatingPointVector numbers) {
      return (row, values) -> values.real(numbers.getValueAsDouble(row));
    }
    if (vector instanceof BitVector bits) {
      return (row, values) -> values.truth(bits.get(row) != 0);
    }
    if (vector instanceof DateDayVector days) {
      return (row, values) -> values.date(days.get(row));
    }
    if (vector instanceof TimeMicroVector micros) {
      return (row, values) -> values.time(micros.get(row));
    }
    if (vector instanceof TimeStampMicroVector micros) {
      return (row, values) -> values.moment(micros.get(row));
    }
    return (row, values) -> values.other(String.valueOf(vector.getObject(row)));
  }
}
