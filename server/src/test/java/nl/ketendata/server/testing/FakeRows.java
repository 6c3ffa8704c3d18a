package nl.ketendata.server.testing;

import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows by formula, in batches of 2,048 as the store gives them. */
public final class FakeRows {
  private static final int BATCH = 2_048;

  private final int count;
  private final List<Column> columns = new ArrayList<>();
  private int sound = Integer.MAX_VALUE;
  private Optional<Failure> failure = Optional.empty();

  private FakeRows(int count) {
    this.count = count;
  }

  public static FakeRows of(int count) {
    return new FakeRows(count);
  }

  /** One column {@code N} with the number of the row, from 0. */
  public static FakeRows numbers(int count) {
    return of(count)
        .with(
            column("N", Types.BIGINT, "BIGINT"),
            allocator -> new BigIntVector("N", allocator),
            BigIntVector::setSafe,
            row -> (long) row);
  }

  /** Each moment as a date, a time and a timestamp. */
  public static FakeRows times(List<LocalDateTime> moments) {
    return of(moments.size())
        .with(
            column("dag", Types.DATE, "DATE"),
            allocator -> new DateDayVector("dag", allocator),
            DateDayVector::setSafe,
            row -> (int) moments.get(row).toLocalDate().toEpochDay())
        .with(
            column("tijd", Types.TIME, "TIME"),
            allocator -> new TimeMicroVector("tijd", allocator),
            TimeMicroVector::setSafe,
            row -> moments.get(row).toLocalTime().toNanoOfDay() / 1000)
        .with(
            column("moment", Types.TIMESTAMP, "TIMESTAMP"),
            allocator -> new TimeStampMicroVector("moment", allocator),
            TimeStampMicroVector::setSafe,
            row ->
                moments.get(row).toEpochSecond(ZoneOffset.UTC) * 1_000_000
                    + moments.get(row).getNano() / 1000);
  }

  /**
   * Adds a column.
   *
   * @param vector makes the vector
   * @param fill sets a value that is not null
   * @param value the value of a row, or null
   */
  public <V extends FieldVector, T> FakeRows with(
      OutputColumn column,
      Function<BufferAllocator, V> vector,
      Setter<V, T> fill,
      IntFunction<T> value) {
    columns.add(
        new Column(
            column,
            (allocator, range) -> {
              V made = vector.apply(allocator);
              made.setInitialCapacity(Math.max(1, range.size()));
              made.allocateNew();
              for (int i = 0; i < range.size(); i++) {
                T one = value.apply(range.first() + i);
                if (one != null) {
                  fill.set(made, i, one);
                }
              }
              made.setValueCount(range.size());
              return made;
            }));
    return this;
  }

  /** Lets the stream fail behind so many rows, or the batch in which they end. */
  public FakeRows failingAfter(int rows, Failure how) {
    sound = rows;
    failure = Optional.of(how);
    return this;
  }

  /** A column without origin. */
  public static OutputColumn column(String label, int type, String name) {
    int precision = type == Types.TIMESTAMP || type == Types.TIME ? 3 : 0;
    return new OutputColumn(label, type, name, precision, 0, true, Optional.empty());
  }

  List<OutputColumn> columns() {
    return columns.stream().map(Column::column).toList();
  }

  RowStream stream(BufferAllocator allocator, Runnable closed) {
    return new Stream(allocator, closed);
  }

  /** Sets a value in a vector. */
  @FunctionalInterface
  public interface Setter<V, T> {
    void set(V vector, int row, T value);
  }

  private interface Maker {
    FieldVector make(BufferAllocator allocator, Range range);
  }

  private record Range(int first, int size) {}

  private record Column(OutputColumn column, Maker maker) {}

  private final class Stream implements RowStream {
    private final BufferAllocator allocator;
    private final Runnable whenClosed;
    private int next;
    private Optional<VectorSchemaRoot> batch = Optional.empty();
    private boolean closed;
    private volatile boolean cancelled;

    Stream(BufferAllocator allocator, Runnable whenClosed) {
      this.allocator = allocator;
      this.whenClosed = whenClosed;
    }

    @Override
    public List<OutputColumn> columns() {
      return FakeRows.this.columns();
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean advance() {
      if (cancelled) {
        throw Failure.of(Code.CANCELLED);
      }
      batch.ifPresent(VectorSchemaRoot::close);
      batch = Optional.empty();
      if (next >= sound) {
        throw failure.orElseThrow();
      }
      if (next >= count) {
        return false;
      }
      Range range = new Range(next, Math.min(BATCH, count - next));
      next += range.size();
      List<FieldVector> vectors =
          columns.stream().map(column -> column.maker().make(allocator, range)).toList();
      batch = Optional.of(new VectorSchemaRoot(vectors));
      return true;
    }

    @Override
    public VectorSchemaRoot batch() {
      return batch.orElseThrow();
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      batch.ifPresent(VectorSchemaRoot::close);
      whenClosed.run();
    }
  }
}
