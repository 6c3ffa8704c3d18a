package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one file of a delivery, those included that newer content stands above: what is asked
 * of a delivery must not depend on what came before it.
 */
public final class BroughtRows {
  private final Connection connection;
  private final String table;
  private final boolean anyOdd;

  /**
   * @param table where they are, and no others
   * @param anyOdd whether any is marked to be looked at
   */
  BroughtRows(Connection connection, String table, boolean anyOdd) {
    this.connection = connection;
    this.table = table;
    this.anyOdd = anyOdd;
  }

  /** SQL for whether a text can be a BSN by its length, signs between the digits included. */
  static String longAsBsn(String column) {
    return "strlen(%s) BETWEEN 8 AND 17".formatted(Sql.name(column));
  }

  /** Distinct values of a column; at most a few. */
  public List<String> values(String column, int most) {
    return strings(
        "SELECT DISTINCT %1$s FROM %2$s WHERE %1$s IS NOT NULL LIMIT %3$d"
            .formatted(Sql.name(column), table, most));
  }

  /**
   * How many values of a column are a readable BSN: eight or nine digits that pass the eleven-test,
   * points and spaces between them or not. All zeros is nobody's.
   */
  public long plainBsns(String column) {
    if (!anyOdd) {
      return 0;
    }
    StringBuilder sum = new StringBuilder();
    for (int i = 1; i <= 8; i++) {
      sum.append("(ascii(lpad(w, 9, '0')[%d]) - 48) * %d + ".formatted(i, 10 - i));
    }
    String elevenTest = "(" + sum + "0 - (ascii(lpad(w, 9, '0')[9]) - 48)) % 11 = 0";
    return Long.parseLong(
        strings(
                "SELECT count(*)::VARCHAR FROM (SELECT replace(replace(%1$s, '.', ''), ' ', '') AS w FROM %2$s WHERE %4$s AND %5$s) WHERE regexp_full_match(w, '[0-9]{8,9}') AND NOT regexp_full_match(w, '0+') AND %3$s"
                    .formatted(
                        Sql.name(column),
                        table,
                        elevenTest,
                        CsvSelect.LOOKED_AT,
                        longAsBsn(column)))
            .get(0));
  }

  private List<String> strings(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }
}
