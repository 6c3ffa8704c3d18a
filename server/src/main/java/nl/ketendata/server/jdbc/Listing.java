package nl.ketendata.server.jdbc;

import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ColumnMetaData;

/**
 * An answer that this head makes itself.
 *
 * @param columns names and types, as {@link DatabaseMetaData} prescribes them
 * @param rows values, made as they are read
 */
record Listing(List<ColumnMetaData> columns, Stream<Object[]> rows) {

  /**
   * @param columns each written {@code NAME:type}, a type of {@link WireType} in any case; no type
   *     for text
   */
  static Listing of(List<String> columns, Stream<Object[]> rows) {
    List<ColumnMetaData> described = new ArrayList<>();
    for (String column : columns) {
      int colon = column.indexOf(':');
      String name = colon < 0 ? column : column.substring(0, colon);
      WireType type = colon < 0 ? WireType.VARCHAR : WireType.valueOf(column.substring(colon + 1));
      described.add(column(described.size(), name, type));
    }
    return new Listing(described, rows);
  }

  private static ColumnMetaData column(int ordinal, String name, WireType type) {
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        false,
        false,
        DatabaseMetaData.columnNullableUnknown,
        type.signed(),
        type.size(),
        name,
        name,
        "",
        type.size(),
        0,
        "",
        "",
        ColumnMetaData.scalar(type.jdbcType(), type.name(), type.rep()),
        true,
        false,
        false,
        type.className());
  }
}
