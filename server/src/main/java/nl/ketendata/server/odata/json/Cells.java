package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/** Makes the cells of a batch, which write each value in OData's form. */
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

  private interface Value {
    void write(int row) throws IOException;
  }

  /**
   * @param type tells a moment in UTC from a wall clock, which Arrow does not
   * @param edmType tells a duration from a number
   */
  Cell of(FieldVector vector, ColumnType type, String edmType) {
    Value value =
        edmType.equals("Edm.Duration") ? duration((BaseIntVector) vector) : value(vector, type);
    return new Cell() {
      @Override
      public boolean absent(int row) {
        return vector.isNull(row);
      }

      @Override
      public void write(int row) throws IOException {
        value.write(row);
      }
    };
  }

  private Value value(FieldVector vector, ColumnType type) {
    if (vector instanceof VarCharVector text) {
      return text(text);
    }
    if (vector instanceof BaseIntVector whole) {
      return number(row -> out.number(whole.getValueAsLong(row)));
    }
    if (vector instanceof DateDayVector day) {
      return quoted(row -> moments.date(day.get(row)));
    }
    if (vector instanceof TimeStampMicroVector moment) {
      return type == ColumnType.INSTANT
          ? quoted(row -> moments.instant(moment.get(row)))
          : quoted(row -> moments.wallClock(moment.get(row)));
    }
    if (vector instanceof TimeMicroVector time) {
      return quoted(row -> moments.time(time.get(row)));
    }
    if (vector instanceof DecimalVector decimal) {
      return number(row -> decimal(decimal, row));
    }
    return computed(vector);
  }

  private Value computed(FieldVector vector) {
    if (vector instanceof Float8Vector real) {
      return row -> real(real.get(row));
    }
    if (vector instanceof Float4Vector real) {
      return row -> real(real.get(row));
    }
    if (vector instanceof BitVector bit) {
      return row -> out.raw(bit.get(row) == 1 ? "true" : "false");
    }
    throw Failure.of(Code.INTERNAL, vector.getMinorType());
  }

  private Value text(VarCharVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return row -> {
      int start = vector.getStartOffset(row);
      out.string(data, start, vector.getEndOffset(row) - start);
    };
  }

  private Value duration(BaseIntVector micros) {
    return row -> out.string(Duration.of(micros.getValueAsLong(row), ChronoUnit.MICROS).toString());
  }

  private Value number(Value plain) {
    return numbersAsText ? quoted(plain) : plain;
  }

  private Value quoted(Value plain) {
    return row -> {
      out.raw('"');
      plain.write(row);
      out.raw('"');
    };
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

  private void real(double value) throws IOException {
    if (Double.isFinite(value)) {
      out.raw(String.valueOf(value));
      return;
    }
    out.string(Double.isNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
  }
}
