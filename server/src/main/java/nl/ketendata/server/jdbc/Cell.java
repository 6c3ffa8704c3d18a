package nl.ketendata.server.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * One column of a batch, read as the type it declares. The vector may be of a near type (a count
 * that the store makes a 32-bit number is declared {@code BIGINT}).
 */
@FunctionalInterface
interface Cell {
  long MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);

  /** The value, or null for SQL's null: Avatica's frames know no other way to say it. */
  Object at(int row);

  static Cell text(FieldVector vector) {
    if (vector instanceof VarCharVector text) {
      return row -> text.isNull(row) ? null : new String(text.get(row), StandardCharsets.UTF_8);
    }
    return row -> vector.isNull(row) ? null : String.valueOf(vector.getObject(row));
  }

  static Cell bool(FieldVector vector) {
    if (vector instanceof BitVector bits) {
      return row -> bits.isNull(row) ? null : bits.get(row) != 0;
    }
    Cell number = bigint(vector);
    return row -> number.at(row) instanceof Long value ? value != 0 : null;
  }

  static Cell bigint(FieldVector vector) {
    if (vector instanceof BaseIntVector whole) {
      return row -> vector.isNull(row) ? null : whole.getValueAsLong(row);
    }
    Cell decimal = decimal(vector);
    return row ->
        decimal.at(row) instanceof BigDecimal value
            ? value.setScale(0, RoundingMode.DOWN).longValueExact()
            : null;
  }

  static Cell integer(FieldVector vector) {
    Cell number = bigint(vector);
    return row -> number.at(row) instanceof Long value ? Math.toIntExact(value) : null;
  }

  static Cell decimal(FieldVector vector) {
    if (vector instanceof DecimalVector decimal) {
      return row -> decimal.getObject(row);
    }
    if (vector instanceof BaseIntVector whole) {
      return row -> vector.isNull(row) ? null : BigDecimal.valueOf(whole.getValueAsLong(row));
    }
    if (vector instanceof FloatingPointVector real) {
      return row -> vector.isNull(row) ? null : BigDecimal.valueOf(real.getValueAsDouble(row));
    }
    return row -> vector.isNull(row) ? null : new BigDecimal(vector.getObject(row).toString());
  }

  static Cell real(FieldVector vector) {
    if (vector instanceof FloatingPointVector real) {
      return row -> vector.isNull(row) ? null : real.getValueAsDouble(row);
    }
    Cell decimal = decimal(vector);
    return row -> decimal.at(row) instanceof BigDecimal value ? value.doubleValue() : null;
  }

  /** Days since 1970. */
  static Cell date(FieldVector vector) {
    if (vector instanceof DateDayVector days) {
      return row -> days.isNull(row) ? null : days.get(row);
    }
    Cell moment = timestamp(vector);
    return row ->
        moment.at(row) instanceof Long millis
            ? Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY))
            : null;
  }

  /** Milliseconds of the day. */
  static Cell time(FieldVector vector) {
    if (vector instanceof TimeMicroVector micros) {
      return row -> micros.isNull(row) ? null : (int) (micros.get(row) / 1000);
    }
    Cell moment = timestamp(vector);
    return row ->
        moment.at(row) instanceof Long millis ? (int) Math.floorMod(millis, MILLIS_PER_DAY) : null;
  }

  /** Milliseconds since 1970 on the wall clock, as if the zone were UTC; no zone comes in. */
  static Cell timestamp(FieldVector vector) {
    if (vector instanceof TimeStampMicroVector micros) {
      return row -> micros.isNull(row) ? null : Math.floorDiv(micros.get(row), 1000L);
    }
    if (vector instanceof DateDayVector days) {
      return row -> days.isNull(row) ? null : days.get(row) * MILLIS_PER_DAY;
    }
    throw new IllegalStateException("no moment in " + vector.getField());
  }
}
