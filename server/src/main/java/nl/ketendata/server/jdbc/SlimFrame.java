package nl.ketendata.server.jdbc;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;

/**
 * A frame that says each value once. Avatica's own also fills the field that clients before Avatica
 * 1.5 (2015) read, which makes every answer twice as large.
 */
final class SlimFrame extends Meta.Frame {
  private static final Common.ColumnValue NULL =
      column(Common.TypedValue.newBuilder().setType(Common.Rep.NULL).setNull(true));

  SlimFrame(long offset, boolean done, List<Object> rows) {
    super(offset, done, rows);
  }

  @Override
  public Common.Frame toProto() {
    Common.Frame.Builder frame = Common.Frame.newBuilder().setOffset(offset).setDone(done);
    for (Object row : rows) {
      Common.Row.Builder values = Common.Row.newBuilder();
      for (Object value : (Object[]) row) {
        values.addValue(value == null ? NULL : column(value));
      }
      frame.addRows(values);
    }
    return frame.build();
  }

  /** The values that {@link Cell} and {@link Listing} give. */
  private static Common.ColumnValue column(Object value) {
    Common.TypedValue.Builder typed = Common.TypedValue.newBuilder();
    if (value instanceof String text) {
      return column(typed.setType(Common.Rep.STRING).setStringValue(text));
    }
    if (value instanceof Long number) {
      return column(typed.setType(Common.Rep.LONG).setNumberValue(number));
    }
    if (value instanceof Integer number) {
      return column(typed.setType(Common.Rep.INTEGER).setNumberValue(number));
    }
    if (value instanceof BigDecimal number) {
      return column(typed.setType(Common.Rep.BIG_DECIMAL).setStringValue(number.toString()));
    }
    if (value instanceof Double number) {
      return column(typed.setType(Common.Rep.DOUBLE).setDoubleValue(number));
    }
    if (value instanceof Boolean truth) {
      return column(typed.setType(Common.Rep.BOOLEAN).setBoolValue(truth));
    }
    throw new IllegalArgumentException(value.getClass().getName());
  }

  private static Common.ColumnValue column(Common.TypedValue.Builder value) {
    return Common.ColumnValue.newBuilder().setScalarValue(value).build();
  }
}
