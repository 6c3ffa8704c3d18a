package nl.ketendata.server.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/** The values of one column of a batch. */
abstract class Cell {
  private static final long MICROS = 1_000_000;

  private final FieldVector vector;

  private Cell(FieldVector vector) {
    this.vector = vector;
  }

  boolean isNull(int row) {
    return vector.isNull(row);
  }

  /** The value as text, as CSV has it: numbers plain, dates and times in ISO 8601. */
  abstract String text(int row);

  /** Writes the value as JSON: a number, a truth value or a text. */
  void json(JsonGenerator json, int row) throws IOException {
    json.writeString(text(row));
  }

  static Cell of(FieldVector vector) {
    if (vector instanceof VarCharVector text) {
      return new Text(text);
    }
    if (vector instanceof BitVector bits) {
      return new Truth(bits);
    }
    if (vector instanceof BaseIntVector whole) {
      return new Whole(vector, whole);
    }
    if (vector instanceof DecimalVector decimal) {
      return new Decimal(decimal);
    }
    if (vector instanceof FloatingPointVector real) {
      return new Real(vector, real);
    }
    return new Moment(vector);
  }

  private static final class Text extends Cell {
    private final VarCharVector texts;

    Text(VarCharVector texts) {
      super(texts);
      this.texts = texts;
    }

    @Override
    String text(int row) {
      return new String(texts.get(row), StandardCharsets.UTF_8);
    }

    @Override
    void json(JsonGenerator json, int row) throws IOException {
      byte[] utf8 = texts.get(row);
      json.writeUTF8String(utf8, 0, utf8.length);
    }
  }

  private static final class Truth extends Cell {
    private final BitVector bits;

    Truth(BitVector bits) {
      super(bits);
      this.bits = bits;
    }

    @Override
    String text(int row) {
      return bits.get(row) == 0 ? "false" : "true";
    }

    @Override
    void json(JsonGenerator json, int row) throws IOException {
      json.writeBoolean(bits.get(row) != 0);
    }
  }

  private static final class Whole extends Cell {
    private final BaseIntVector numbers;

    Whole(FieldVector vector, BaseIntVector numbers) {
      super(vector);
      this.numbers = numbers;
    }

    @Override
    String text(int row) {
      return Long.toString(numbers.getValueAsLong(row));
    }

    @Override
    void json(JsonGenerator json, int row) throws IOException {
      json.writeNumber(numbers.getValueAsLong(row));
    }
  }

  private static final class Decimal extends Cell {
    private final DecimalVector numbers;

    Decimal(DecimalVector numbers) {
      super(numbers);
      this.numbers = numbers;
    }

    @Override
    String text(int row) {
      return numbers.getObject(row).toPlainString();
    }

    @Override
    void json(JsonGenerator json, int row) throws IOException {
      json.writeNumber(text(row));
    }
  }

  private static final class Real extends Cell {
    private final FloatingPointVector numbers;

    Real(FieldVector vector, FloatingPointVector numbers) {
      super(vector);
      this.numbers = numbers;
    }

    @Override
    String text(int row) {
      double value = numbers.getValueAsDouble(row);
      return Double.isFinite(value)
          ? new BigDecimal(Double.toString(value)).toString()
          : "" + value;
    }

    /** JSON has no number for what is not finite. */
    @Override
    void json(JsonGenerator json, int row) throws IOException {
      double value = numbers.getValueAsDouble(row);
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeString(Double.toString(value));
      }
    }
  }

  private static final class Moment extends Cell {
    private final FieldVector moments;

    Moment(FieldVector moments) {
      super(moments);
      this.moments = moments;
    }

    @Override
    String text(int row) {
      if (moments instanceof DateDayVector days) {
        return LocalDate.ofEpochDay(days.get(row)).toString();
      }
      if (moments instanceof TimeMicroVector times) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(
            LocalTime.ofNanoOfDay(times.get(row) * 1_000));
      }
      if (moments instanceof TimeStampMicroVector stamps) {
        long micros = stamps.get(row);
        int nanos = (int) Math.floorMod(micros, MICROS) * 1_000;
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), nanos, ZoneOffset.UTC));
      }
      return String.valueOf(moments.getObject(row));
    }
  }
}
