package nl.ketendata.server.query;

import java.sql.Types;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The types of Arrow that the types of SQL travel as; date-times without a zone. */
public final class ArrowTypes {
  private static final int MOST_DIGITS = 38;

  private ArrowTypes() {}

  public static ArrowType of(OutputColumn column) {
    return switch (column.jdbcType()) {
      case Types.BOOLEAN, Types.BIT -> ArrowType.Bool.INSTANCE;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> new ArrowType.Int(32, true);
      case Types.BIGINT -> new ArrowType.Int(64, true);
      case Types.DECIMAL, Types.NUMERIC -> decimal(column);
      case Types.REAL, Types.FLOAT, Types.DOUBLE ->
          new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case Types.DATE -> new ArrowType.Date(DateUnit.DAY);
      case Types.TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case Types.TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      default -> ArrowType.Utf8.INSTANCE;
    };
  }

  /** The types of the columns of an answer, by position and by name. */
  public static Schema schema(List<OutputColumn> columns) {
    return new Schema(columns.stream().map(ArrowTypes::field).toList());
  }

  private static Field field(OutputColumn column) {
    return new Field(column.label(), new FieldType(column.nullable(), of(column), null), List.of());
  }

  private static ArrowType decimal(OutputColumn column) {
    int digits = column.precision() > 0 ? Math.min(column.precision(), MOST_DIGITS) : MOST_DIGITS;
    return new ArrowType.Decimal(digits, Math.max(0, column.scale()), 128);
  }
}
