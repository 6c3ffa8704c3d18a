package nl.ketendata.server.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import org.apache.calcite.avatica.ColumnMetaData.Rep;

/**
 * How a SQL type travels. Dates and times go as whole numbers: the stock client then puts them on
 * the wall clock of its own zone, where Avatica's {@code JAVA_SQL_…} would shift them.
 */
enum WireType {
  VARCHAR(Types.VARCHAR, Rep.STRING, String.class),
  BOOLEAN(Types.BOOLEAN, Rep.BOOLEAN, Boolean.class),
  INTEGER(Types.INTEGER, Rep.INTEGER, Integer.class),
  BIGINT(Types.BIGINT, Rep.LONG, Long.class),
  DECIMAL(Types.DECIMAL, Rep.NUMBER, BigDecimal.class),
  DOUBLE(Types.DOUBLE, Rep.DOUBLE, Double.class),
  DATE(Types.DATE, Rep.INTEGER, Date.class),
  TIME(Types.TIME, Rep.INTEGER, Time.class),
  TIMESTAMP(Types.TIMESTAMP, Rep.LONG, Timestamp.class);

  private final int jdbcType;
  private final Rep rep;
  private final Class<?> javaType;

  WireType(int jdbcType, Rep rep, Class<?> javaType) {
    this.jdbcType = jdbcType;
    this.rep = rep;
    this.javaType = javaType;
  }

  /**
   * The type that carries one of {@link Types}. CHAR goes as VARCHAR, since the client pads CHAR; a
   * type that Avatica cannot carry goes as its text.
   */
  static WireType of(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> INTEGER;
      case Types.BIGINT -> BIGINT;
      case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> DOUBLE;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      default -> VARCHAR;
    };
  }

  int jdbcType() {
    return jdbcType;
  }

  Rep rep() {
    return rep;
  }

  String className() {
    return javaType.getName();
  }

  boolean signed() {
    return switch (this) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> true;
      case VARCHAR, BOOLEAN, DATE, TIME, TIMESTAMP -> false;
    };
  }

  /** Digits or characters at most, for a column that states none. */
  int size() {
    return switch (this) {
      case VARCHAR -> Integer.MAX_VALUE;
      case BOOLEAN -> 1;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case DECIMAL -> 38;
      case DOUBLE -> 15;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
    };
  }
}
