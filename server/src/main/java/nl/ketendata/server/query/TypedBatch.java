package nl.ketendata.server.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A batch with the types that were told before the rows came, for wires that speak Arrow. Buffers
 * are handed over from the store's batch, not copied; only a value of a near type (the store counts
 * in another width than was declared, or knows a type that SQL's wires do not) is written anew.
 */
public final class TypedBatch implements AutoCloseable {
  private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);

  private final VectorSchemaRoot root;

  /**
   * @param schema with the types of {@link ArrowTypes}
   * @param allocator that of the batches to come
   */
  public TypedBatch(Schema schema, BufferAllocator allocator) {
    this.root = VectorSchemaRoot.create(schema, allocator);
  }

  public VectorSchemaRoot root() {
    return root;
  }

  /** Takes the rows of a batch over; the batch is empty afterwards. */
  public void take(VectorSchemaRoot batch) {
    int rows = batch.getRowCount();
    List<FieldVector> targets = root.getFieldVectors();
    for (int i = 0; i < targets.size(); i++) {
      take(batch.getVector(i), targets.get(i), rows);
    }
    root.setRowCount(rows);
  }

  private static void take(FieldVector from, FieldVector to, int rows) {
    if (from.getMinorType() == to.getMinorType() && sameType(from, to)) {
      from.makeTransferPair(to).transfer();
    } else {
      convert(from, to, rows);
    }
  }

  /** For decimals the minor type says nothing of the digits behind the point. */
  private static boolean sameType(FieldVector from, FieldVector to) {
    return !(to.getField().getType() instanceof ArrowType.Decimal wanted)
        || from.getField().getType() instanceof ArrowType.Decimal given
            && given.getScale() == wanted.getScale();
  }

  private static void convert(FieldVector from, FieldVector to, int rows) {
    to.setInitialCapacity(rows);
    to.allocateNew();
    for (int row = 0; row < rows; row++) {
      if (from.isNull(row)) {
        to.setNull(row);
      } else {
        set(from, to, row);
      }
    }
    to.setValueCount(rows);
    from.clear();
  }

  private static void set(FieldVector from, FieldVector to, int row) {
    if (to instanceof VarCharVector texts) {
      texts.setSafe(row, String.valueOf(from.getObject(row)).getBytes(StandardCharsets.UTF_8));
    } else if (to instanceof Float8Vector target && from instanceof FloatingPointVector real) {
      target.set(row, real.getValueAsDouble(row));
    } else if (to instanceof DateDayVector days && from instanceof TimeStampMicroVector micros) {
      days.set(row, (int) Math.floorDiv(micros.get(row), MICROS_PER_DAY));
    } else if (to instanceof TimeStampMicroVector micros && from instanceof DateDayVector days) {
      micros.set(row, days.get(row) * MICROS_PER_DAY);
    } else {
      set(to, row, number(from, row));
    }
  }

  private static BigDecimal number(FieldVector vector, int row) {
    if (vector instanceof BaseIntVector whole) {
      return BigDecimal.valueOf(whole.getValueAsLong(row));
    }
    if (vector instanceof DecimalVector decimal) {
      return decimal.getObject(row);
    }
    if (vector instanceof FloatingPointVector real) {
      return BigDecimal.valueOf(real.getValueAsDouble(row));
    }
    throw new IllegalStateException("no number in " + vector.getField());
  }

  private static void set(FieldVector vector, int row, BigDecimal value) {
    if (vector instanceof BigIntVector target) {
      target.set(row, value.longValue());
    } else if (vector instanceof IntVector target) {
      target.set(row, value.intValue());
    } else if (vector instanceof Float8Vector target) {
      target.set(row, value.doubleValue());
    } else if (vector instanceof DecimalVector target) {
      target.set(row, value.setScale(target.getScale(), RoundingMode.DOWN));
    } else {
      throw new IllegalStateException("a number for " + vector.getField());
    }
  }

  @Override
  public void close() {
    root.close();
  }
}
