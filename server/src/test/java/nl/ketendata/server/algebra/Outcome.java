package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;

/**
 * What a statement gave, in a form that two engines can be compared in.
 *
 * @param types SQL's names of the types
 * @param cells values of each row as text; doubles to nine digits
 */
record Outcome(List<String> types, List<List<String>> cells) {

  static Outcome of(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      types.add(type(columns.getColumnTypeName(i), columns.getPrecision(i), columns.getScale(i)));
    }
    List<List<String>> cells = new ArrayList<>();
    while (rows.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= types.size(); i++) {
        values.add(text(rows, i, columns.getColumnType(i)));
      }
      cells.add(values);
    }
    return new Outcome(types, cells);
  }

  List<String> rows() {
    return cells.stream().map(values -> String.join("|", values)).toList();
  }

  /** Some columns of it alone. */
  Outcome only(int... columns) {
    return new Outcome(
        some(types, columns), cells.stream().map(row -> some(row, columns)).toList());
  }

  private static List<String> some(List<String> all, int... columns) {
    return IntStream.of(columns).mapToObj(all::get).toList();
  }

  /** One name for what each engine calls differently. */
  static String type(String name, int precision, int scale) {
    String bare = name.replaceFirst(" NOT NULL$", "").replaceFirst("\\(.*", "");
    return switch (bare) {
      case "DECIMAL" -> String.format(Locale.ROOT, "DECIMAL(%d, %d)", precision, scale);
      case "CHAR", "CHARACTER" -> "VARCHAR";
      case "FLOAT" -> "DOUBLE";
      default -> bare;
    };
  }

  private static String text(ResultSet rows, int column, int type) throws SQLException {
    if (type == Types.TIMESTAMP) {
      Timestamp moment =
          rows.getTimestamp(column, Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC)));
      return moment == null ? "-" : moment.toInstant().toString();
    }
    if (type == Types.DATE) {
      String text = rows.getString(column);
      return text == null ? "-" : text;
    }
    if (type == Types.TIME) {
      String text = rows.getString(column);
      return text == null ? "-" : LocalTime.parse(text).toString();
    }
    Object value = rows.getObject(column);
    if (value == null) {
      return "-";
    }
    if (value instanceof BigInteger number) {
      return number.toString();
    }
    if (value instanceof BigDecimal number) {
      return plain(number);
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? plain(new BigDecimal(number).round(new MathContext(9)))
          : Double.toString(number);
    }
    String text = value.toString();
    return type == Types.CHAR ? text.stripTrailing() : text;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
