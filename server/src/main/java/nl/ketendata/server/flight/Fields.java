package nl.ketendata.server.flight;

import java.sql.Types;
import java.util.List;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.browse.Browser;
import nl.ketendata.server.browse.Browser.Found;
import nl.ketendata.server.query.ArrowTypes;
import nl.ketendata.server.query.OutputColumn;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns and parameters as Arrow describes them. */
final class Fields {
  private Fields() {}

  /** The columns of an answer. */
  static Schema answer(List<OutputColumn> columns) {
    return new Schema(columns.stream().map(Fields::column).toList());
  }

  private static Field column(OutputColumn column) {
    FlightSqlColumnMetadata.Builder about =
        new FlightSqlColumnMetadata.Builder()
            .typeName(column.typeName())
            .precision(column.precision())
            .scale(column.scale())
            .isAutoIncrement(false)
            .isCaseSensitive(ArrowTypes.of(column) instanceof ArrowType.Utf8)
            .isReadOnly(true)
            .isSearchable(true);
    column
        .origin()
        .ifPresent(
            origin ->
                about
                    .catalogName(origin.catalog())
                    .schemaName(origin.schema())
                    .tableName(origin.table()));
    return new Field(
        column.label(),
        new FieldType(
            column.nullable(), ArrowTypes.of(column), null, about.build().getMetadataMap()),
        List.of());
  }

  /** The parameters of a statement. */
  static Schema parameters(List<OutputColumn> parameters) {
    return new Schema(
        parameters.stream()
            .map(each -> Field.nullable(each.label(), parameterType(each)))
            .toList());
  }

  /**
   * The stock driver writes milliseconds into every field of a time, whatever it was told; so that
   * is what it is told.
   */
  private static ArrowType parameterType(OutputColumn parameter) {
    return switch (parameter.jdbcType()) {
      case Types.TIME -> new ArrowType.Time(TimeUnit.MILLISECOND, 32);
      case Types.TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MILLISECOND, null);
      default -> ArrowTypes.of(parameter);
    };
  }

  /** A column of a table. */
  static Field column(Found found, Column column) {
    ArrowType type =
        switch (column.type()) {
          case STRING -> ArrowType.Utf8.INSTANCE;
          case INTEGER -> new ArrowType.Int(64, true);
          case DATE -> new ArrowType.Date(DateUnit.DAY);
          case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
          case DATETIME, INSTANT -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
        };
    FlightSqlColumnMetadata about =
        new FlightSqlColumnMetadata.Builder()
            .catalogName(found.catalog())
            .schemaName(found.schema())
            .tableName(found.table().name())
            .typeName(typeName(column))
            .isAutoIncrement(false)
            .isCaseSensitive(column.type() == ColumnType.STRING)
            .isReadOnly(true)
            .isSearchable(true)
            .remarks(column.description())
            .build();
    boolean nullable = !Browser.required(found.table(), column);
    return new Field(
        column.name(), new FieldType(nullable, type, null, about.getMetadataMap()), List.of());
  }

  private static String typeName(Column column) {
    return switch (column.type()) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME, INSTANT -> "TIMESTAMP";
    };
  }
}
