package nl.ketendata.server.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows held in memory, handed out as small Arrow batches so that their edges are met. */
public final class Batches implements RowStream {
  private static final int FEW = 2;

  private final BufferAllocator allocator;
  private final Map<String, ColumnType> columns;
  private final List<List<Object>> rows;
  private VectorSchemaRoot batch;
  private int next;

  private final long breakAfter;
  private final int size;

  public Batches(
      BufferAllocator allocator, Map<String, ColumnType> columns, List<List<Object>> rows) {
    this(allocator, columns, rows, Long.MAX_VALUE, FEW);
  }

  /**
   * @param columns name and type of each, in order
   * @param rows values of {@code String}, {@code Long}, {@code BigDecimal} or {@code java.time}
   * @param breakAfter so many rows, reading times out
   */
  public Batches(
      BufferAllocator allocator,
      Map<String, ColumnType> columns,
      List<List<Object>> rows,
      long breakAfter) {
    this(allocator, columns, rows, breakAfter, FEW);
  }

  /**
   * @param size rows of a batch
   */
  public Batches(
      BufferAllocator allocator,
      Map<String, ColumnType> columns,
      List<List<Object>> rows,
      long breakAfter,
      int size) {
    this.size = size;
    this.breakAfter = breakAfter;
    this.allocator = allocator;
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public List<OutputColumn> columns() {
    return columns.keySet().stream()
        .map(name -> new OutputColumn(name, Types.OTHER, "", 0, 0, true, Optional.empty()))
        .toList();
  }

  @Override
  public void cancel() {}

  @Override
  public boolean advance() {
    release();
    if (next >= rows.size()) {
      return false;
    }
    List<List<Object>> part = rows.subList(next, Math.min(next + size, rows.size()));
    next += part.size();
    if (next > breakAfter) {
      throw Failure.of(Code.TIMED_OUT, "PT30S");
    }
    List<FieldVector> vectors = new ArrayList<>();
    int column = 0;
    for (Map.Entry<String, ColumnType> entry : columns.entrySet()) {
      vectors.add(vector(entry.getKey(), entry.getValue(), part, column++));
    }
    batch = new VectorSchemaRoot(vectors);
    batch.setRowCount(part.size());
    return true;
  }

  private FieldVector vector(String name, ColumnType type, List<List<Object>> part, int column) {
    FieldVector vector = empty(name, type, part, column);
    vector.allocateNew();
    for (int row = 0; row < part.size(); row++) {
      Object value = part.get(row).get(column);
      if (value != null) {
        set(vector, row, value);
      }
    }
    vector.setValueCount(part.size());
    return vector;
  }

  private FieldVector empty(String name, ColumnType type, List<List<Object>> part, int column) {
    Optional<Object> decimal =
        part.stream()
            .map(row -> Optional.ofNullable(row.get(column)))
            .flatMap(Optional::stream)
            .filter(BigDecimal.class::isInstance)
            .findFirst();
    if (decimal.isPresent()) {
      return new DecimalVector(name, allocator, 38, ((BigDecimal) decimal.get()).scale());
    }
    return switch (type) {
      case STRING -> new VarCharVector(name, allocator);
      case INTEGER -> new BigIntVector(name, allocator);
      case DATE -> new DateDayVector(name, allocator);
      case TIME -> new TimeMicroVector(name, allocator);
      case DATETIME, INSTANT -> new TimeStampMicroVector(name, allocator);
    };
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VarCharVector text) {
      text.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof BigIntVector number) {
      number.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof DecimalVector decimal) {
      decimal.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof DateDayVector day) {
      day.setSafe(row, (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeMicroVector time) {
      time.setSafe(row, ((LocalTime) value).toNanoOfDay() / 1_000);
    } else {
      ((TimeStampMicroVector) vector).setSafe(row, micros(value));
    }
  }

  private static long micros(Object value) {
    Instant instant =
        value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  @Override
  public VectorSchemaRoot batch() {
    return batch;
  }

  @Override
  public void close() {
    release();
    next = rows.size();
  }

  private void release() {
    if (batch != null) {
      batch.close();
      batch = null;
    }
  }
}
