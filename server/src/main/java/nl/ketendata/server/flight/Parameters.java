package nl.ketendata.server.flight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.ParameterValue;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The values of a statement's parameters, as a client sends them: one row, a column for each. */
final class Parameters {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Parameters() {}

  /**
   * @return a value per parameter, null for SQL's null
   * @throws Failure KD408 when a value cannot be of the parameter's type, KD409 when there are more
   *     or fewer values than parameters, KD405 for more than one row
   */
  static List<Object> read(List<OutputColumn> parameters, FlightStream sent) {
    List<Object> values = List.of();
    boolean read = false;
    while (sent.next()) {
      VectorSchemaRoot root = sent.getRoot();
      if (root.getRowCount() == 0) {
        continue;
      }
      if (read || root.getRowCount() > 1) {
        throw Failure.of(Code.NOT_SUPPORTED, "executeBatch");
      }
      values = values(parameters, root);
      read = true;
    }
    return values;
  }

  private static List<Object> values(List<OutputColumn> parameters, VectorSchemaRoot root) {
    List<FieldVector> vectors = root.getFieldVectors();
    if (vectors.size() != parameters.size()) {
      throw Failure.of(Code.PARAMETER_COUNT, parameters.size(), vectors.size());
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      FieldVector vector = vectors.get(i);
      values.add(
          vector.isNull(0) ? null : ParameterValue.of(i + 1, parameters.get(i), value(vector)));
    }
    return values;
  }

  /** What the client sent, without the shape of the wire; dates and times have no zone here. */
  private static Object value(FieldVector vector) {
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(0));
    }
    if (vector instanceof TimeSecVector time) {
      return LocalTime.ofSecondOfDay(time.get(0));
    }
    if (vector instanceof TimeMilliVector time) {
      return LocalTime.ofNanoOfDay(time.get(0) * 1_000_000L);
    }
    if (vector instanceof TimeMicroVector time) {
      return LocalTime.ofNanoOfDay(time.get(0) * 1_000L);
    }
    if (vector instanceof TimeNanoVector time) {
      return LocalTime.ofNanoOfDay(time.get(0));
    }
    if (vector instanceof TimeStampVector moment) {
      return moment(moment);
    }
    Object value = vector.getObject(0);
    return value instanceof Number
            || value instanceof Boolean
            || value instanceof LocalDateTime
            || value instanceof Instant
        ? value
        : value.toString();
  }

  private static LocalDateTime moment(TimeStampVector vector) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    long perSecond =
        switch (type.getUnit()) {
          case SECOND -> 1;
          case MILLISECOND -> 1_000;
          case MICROSECOND -> 1_000_000;
          case NANOSECOND -> NANOS_PER_SECOND;
        };
    long value = vector.get(0);
    long nanos = Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, perSecond), (int) nanos, ZoneOffset.UTC);
  }
}
