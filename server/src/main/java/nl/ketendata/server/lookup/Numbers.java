package nl.ketendata.server.lookup;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import nl.ketendata.schema.ColumnType;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;

/**
 * Numbers, days, times and moments, counted from the least of a column.
 *
 * @param type not that of texts
 * @param least the value of code 1: a number, days or microseconds
 * @param most the highest value
 */
record Numbers(ColumnType type, long least, long most) implements Meaning {
  private static final long NANOS = 1_000;

  long code(long value) {
    return value - least + 1;
  }

  @Override
  public Optional<Place> place(Object value) {
    return number(value)
        .map(
            number ->
                number < least
                    ? new Place(1, false)
                    : number > most
                        ? new Place(most - least + 2, false)
                        : new Place(code(number), true));
  }

  private Optional<Long> number(Object value) {
    return Optional.ofNullable(
        switch (type) {
          case INTEGER -> value instanceof Long number ? number : null;
          case DATE -> value instanceof LocalDate date ? date.toEpochDay() : null;
          case TIME -> value instanceof LocalTime time ? time.toNanoOfDay() / NANOS : null;
          case DATETIME, INSTANT -> value instanceof LocalDateTime moment ? micros(moment) : null;
          case STRING -> null;
        });
  }

  private static long micros(LocalDateTime moment) {
    return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), moment);
  }

  /** A value as a number, in the engine's own vectors. */
  static long of(FieldVector vector, int at) {
    if (vector instanceof BigIntVector numbers) {
      return numbers.get(at);
    }
    if (vector instanceof DateDayVector days) {
      return days.get(at);
    }
    if (vector instanceof TimeMicroVector times) {
      return times.get(at);
    }
    if (vector instanceof TimeStampMicroVector moments) {
      return moments.get(at);
    }
    throw new Unfit("values of " + vector.getField());
  }

  @Override
  public String text(long code) {
    throw new IllegalStateException("a text of " + type);
  }

  @Override
  public FieldVector vector(String name, BufferAllocator allocator) {
    return switch (type) {
      case INTEGER -> new BigIntVector(name, allocator);
      case DATE -> new DateDayVector(name, allocator);
      case TIME -> new TimeMicroVector(name, allocator);
      default -> new TimeStampMicroVector(name, allocator);
    };
  }

  @Override
  public void write(long code, FieldVector target, int at) {
    long value = code - 1 + least;
    switch (type) {
      case INTEGER -> ((BigIntVector) target).setSafe(at, value);
      case DATE -> ((DateDayVector) target).setSafe(at, (int) value);
      case TIME -> ((TimeMicroVector) target).setSafe(at, value);
      default -> ((TimeStampMicroVector) target).setSafe(at, value);
    }
  }

  @Override
  public long bytes() {
    return 0;
  }
}
