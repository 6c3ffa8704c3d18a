package nl.ketendata.server.algebra;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * One small table that stands in the store and, with the same rows, in Calcite: values of every
 * type that have gone wrong somewhere, and nulls.
 */
final class Sample extends AbstractTable implements ScannableTable {
  static final String CREATE =
      """
      create table t (
        id integer not null, i integer, j integer, l bigint, d decimal(10, 2), e decimal(12, 4),
        x double, s varchar, p varchar, n varchar, dt date, du date, ts timestamp, tu timestamp,
        tm time, b boolean, g boolean)
      """;
  static final String INSERT =
      """
      insert into t values
        (1, 7, 2, 10, 711.56, 1.2550, 2.5, 'Hallo wereld', 'wereld', '12', '2024-02-29',
         '2023-12-31', '2024-02-29 13:45:56.789', '2023-11-30 23:59:59.999', '10:20:30', true,
         true),
        (2, -7, 2, -10, -711.56, -1.2550, -2.5, '  één 50% ', '50%', '-7', '2023-12-31',
         '2024-02-29', '2024-10-27 02:30:00', '2024-03-31 02:30:00', '00:00:00', false, true),
        (3, 7, -2, 9000000000, 0.50, 0.5000, 0.5, 'ÉÉN_x', '_', ' 3 ', '2024-01-01', '2024-01-07',
         '2024-01-01 00:00:00', '2024-01-07 23:00:00', '23:59:59', true, false),
        (4, -7, -2, 1, -0.50, -0.5000, -0.5, '', '', '0', '2021-01-03', '2021-01-04',
         '2021-01-03 12:00:00', '2021-01-04 11:59:59', '12:00:00', false, false),
        (5, 0, 3, 0, 0.00, 0.0000, 1.0, 'abcabc', 'bc', '100', '1969-12-31', '1970-01-01',
         '1969-12-31 23:59:59.500', '1970-01-01 00:00:00', '12:30:00', null, true),
        (6, null, 1, null, null, null, null, null, null, null, null, null, null, null, null,
         true, null),
        (7, 12, 5, 12, 12.35, 12.3450, 12.345, 'aéb', 'é', '7', '2020-12-31', '2021-12-31',
         '2020-12-31 23:30:00', '2021-01-01 00:30:00', '07:08:09', null, null),
        (8, 3, 4, 3, 2.50, 2.5000, 1.5, 'abcabc', 'c', '12', '2024-02-29', '2024-05-31',
         '2024-02-29 00:00:00', '2024-05-31 00:00:00', '07:08:09', false, null)
      """;

  private final List<Object[]> rows = new ArrayList<>();

  /** Reads the rows back from the store. */
  Sample(Connection store) throws SQLException {
    try (Statement statement = store.createStatement();
        ResultSet from = statement.executeQuery("select * from t order by id")) {
      while (from.next()) {
        Object[] row = new Object[from.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
          row[i] = internal(from.getObject(i + 1));
        }
        rows.add(row);
      }
    }
  }

  private static Object internal(Object value) {
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof java.sql.Timestamp moment) {
      return moment.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    if (value instanceof LocalDateTime moment) {
      return moment.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
    if (value instanceof LocalTime time) {
      return (int) (time.toNanoOfDay() / 1_000_000);
    }
    return value;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    row.add("id", SqlTypeName.INTEGER);
    row.add("i", SqlTypeName.INTEGER).nullable(true);
    row.add("j", SqlTypeName.INTEGER).nullable(true);
    row.add("l", SqlTypeName.BIGINT).nullable(true);
    row.add("d", SqlTypeName.DECIMAL, 10, 2).nullable(true);
    row.add("e", SqlTypeName.DECIMAL, 12, 4).nullable(true);
    row.add("x", SqlTypeName.DOUBLE).nullable(true);
    row.add("s", SqlTypeName.VARCHAR).nullable(true);
    row.add("p", SqlTypeName.VARCHAR).nullable(true);
    row.add("n", SqlTypeName.VARCHAR).nullable(true);
    row.add("dt", SqlTypeName.DATE).nullable(true);
    row.add("du", SqlTypeName.DATE).nullable(true);
    row.add("ts", SqlTypeName.TIMESTAMP, 6).nullable(true);
    row.add("tu", SqlTypeName.TIMESTAMP, 6).nullable(true);
    row.add("tm", SqlTypeName.TIME, 6).nullable(true);
    row.add("b", SqlTypeName.BOOLEAN).nullable(true);
    row.add("g", SqlTypeName.BOOLEAN).nullable(true);
    return row.build();
  }

  @Override
  public Enumerable<Object[]> scan(DataContext root) {
    return Linq4j.asEnumerable(rows);
  }
}
