package nl.ketendata.server.jdbc;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.PreparedSql;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;

/** Columns and parameters as Avatica describes them. */
final class Columns {
  /** Digits behind the second that the wire can carry. */
  static final int FRACTION = 3;

  private Columns() {}

  static Meta.Signature signature(PreparedSql sql) {
    return signature(sql.question().text(), columns(sql.columns()), parameters(sql.parameters()));
  }

  static Meta.Signature signature(
      String text, List<ColumnMetaData> columns, List<AvaticaParameter> parameters) {
    return Meta.Signature.create(
        columns, text, parameters, Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
  }

  static List<ColumnMetaData> columns(List<OutputColumn> columns) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (OutputColumn column : columns) {
      described.add(column(described.size(), column));
    }
    return described;
  }

  private static ColumnMetaData column(int ordinal, OutputColumn column) {
    WireType type = WireType.of(column.jdbcType());
    Optional<OutputColumn.Origin> origin = column.origin();
    int nullable =
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls;
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        nullable,
        type.signed(),
        displaySize(type, column),
        column.label(),
        origin.map(OutputColumn.Origin::column).orElse(column.label()),
        origin.map(OutputColumn.Origin::schema).orElse(""),
        precision(type, column),
        column.scale(),
        origin.map(OutputColumn.Origin::table).orElse(""),
        origin.map(OutputColumn.Origin::catalog).orElse(""),
        ColumnMetaData.scalar(type.jdbcType(), column.typeName(), type.rep()),
        true,
        false,
        false,
        type.className());
  }

  private static int displaySize(WireType type, OutputColumn column) {
    return switch (type) {
      case DATE, TIME, TIMESTAMP -> type.size();
      case VARCHAR, BOOLEAN, INTEGER, BIGINT, DECIMAL, DOUBLE -> precision(type, column);
    };
  }

  /** The client shows as many digits behind the second as the precision says. */
  private static int precision(WireType type, OutputColumn column) {
    if (type == WireType.TIME || type == WireType.TIMESTAMP) {
      return Math.min(column.precision(), FRACTION);
    }
    return column.precision() > 0 ? column.precision() : type.size();
  }

  private static List<AvaticaParameter> parameters(List<OutputColumn> parameters) {
    List<AvaticaParameter> described = new ArrayList<>();
    for (OutputColumn parameter : parameters) {
      WireType type = WireType.of(parameter.jdbcType());
      described.add(
          new AvaticaParameter(
              type.signed(),
              precision(type, parameter),
              parameter.scale(),
              type.jdbcType(),
              parameter.typeName(),
              type.className(),
              parameter.label()));
    }
    return described;
  }
}
