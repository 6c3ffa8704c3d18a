package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.IntToDoubleFunction;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.json.Cell.Value;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Makes the cells of a batch, which write each value in OData's form.
 *
 * <p>The usual types are read through views of the vectors' memory, made once for a batch: asking a
 * vector for each value costs more than writing it. So cells are of no use once their batch is
 * gone.
 */
final class Cells {
  private final JsonOut out;
  private final Moments moments;
  private final boolean numbersAsText;

  /**
   * @param numbersAsText whether Int64 and Decimal are written as strings (IEEE754Compatible)
   */
  Cells(JsonOut out, boolean numbersAsText) {
    this.out = out;
    this.moments = new Moments(out);
    this.numbersAsText = numbersAsText;
  }

  /**
   * @param type tells a moment in UTC from a wall clock, which Arrow does not
   * @param edmType tells a duration from a number
   */
  Cell of(FieldVector vector, ColumnType type, String edmType) {
    if (edmType.equals("Edm.Duration")) {
      return quoted(vector, duration((BaseIntVector) vector));
    }
    if (vector instanceof VarCharVector text) {
      return quoted(vector, text(text));
    }
    if (vector instanceof BaseIntVector whole) {
      return new Cell(out, vector, numbersAsText, whole(whole));
    }
    if (vector instanceof DateDayVector) {
      ByteBuffer days = view(vector.getDataBuffer());
      Repeated last = new Repeated(out, day -> moments.date((int) day));
      return quoted(vector, row -> last.write(days.getInt(row * Integer.BYTES)));
    }
    if (vector instanceof TimeStampMicroVector) {
      return quoted(
          vector,
          longs(vector, type == ColumnType.INSTANT ? moments::instant : moments::wallClock));
    }
    if (vector instanceof TimeMicroVector) {
      return quoted(vector, longs(vector, moments::time));
    }
    if (vector instanceof DecimalVector decimal) {
      return new Cell(out, vector, numbersAsText, row -> decimal(decimal, row));
    }
    if (vector instanceof Float8Vector real) {
      return real(vector, real::get);
    }
    if (vector instanceof Float4Vector real) {
      return real(vector, real::get);
    }
    if (vector instanceof BitVector bit) {
      return new Cell(out, vector, false, row -> out.raw(bit.get(row) == 1 ? "true" : "false"));
    }
    throw Failure.of(Code.INTERNAL, vector.getMinorType());
  }

  private Cell quoted(FieldVector vector, Value value) {
    return new Cell(out, vector, true, value);
  }

  private static ByteBuffer view(ArrowBuf memory) {
    return memory.nioBuffer(0, (int) memory.capacity()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Value longs(FieldVector vector, Repeated.Form form) {
    ByteBuffer values = view(vector.getDataBuffer());
    Repeated last = new Repeated(out, form);
    return row -> last.write(values.getLong(row * Long.BYTES));
  }

  private Value whole(BaseIntVector vector) {
    if (vector instanceof BigIntVector) {
      ByteBuffer values = view(vector.getDataBuffer());
      return row -> out.number(values.getLong(row * Long.BYTES));
    }
    if (vector instanceof IntVector) {
      ByteBuffer values = view(vector.getDataBuffer());
      return row -> out.number(values.getInt(row * Integer.BYTES));
    }
    return row -> out.number(vector.getValueAsLong(row));
  }

  /** Looks at all values of the batch at once: mostly none of them needs escaping. */
  private Value text(VarCharVector vector) {
    ByteBuffer ends = view(vector.getOffsetBuffer());
    ByteBuffer data = view(vector.getDataBuffer());
    int rows = vector.getValueCount();
    boolean harmless = JsonOut.harmless(data, ends.getInt(0), ends.getInt(rows * Integer.BYTES));
    return row -> {
      int at = ends.getInt(row * Integer.BYTES);
      out.text(data, at, ends.getInt((row + 1) * Integer.BYTES) - at, harmless);
    };
  }

  private Value duration(BaseIntVector micros) {
    return row -> out.raw(Duration.of(micros.getValueAsLong(row), ChronoUnit.MICROS).toString());
  }

  private void decimal(DecimalVector vector, int row) throws IOException {
    ArrowBuf data = vector.getDataBuffer();
    long at = (long) row * DecimalVector.TYPE_WIDTH;
    long low = data.getLong(at);
    long high = data.getLong(at + Long.BYTES);
    if (vector.getScale() == 0 && high == low >> 63) {
      out.number(low);
      return;
    }
    BigDecimal value = vector.getObject(row);
    out.raw(value.toPlainString());
  }

  /** JSON has no infinite numbers: they are text. */
  private Cell real(FieldVector vector, IntToDoubleFunction values) {
    Value bare = row -> out.raw(text(values.applyAsDouble(row)));
    Value json =
        row -> {
          double value = values.applyAsDouble(row);
          if (Double.isFinite(value)) {
            out.raw(text(value));
          } else {
            out.string(text(value));
          }
        };
    return new Cell(out, vector, false, json, bare);
  }

  private static String text(double value) {
    if (Double.isFinite(value)) {
      return String.valueOf(value);
    }
    return Double.isNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";
  }
}
