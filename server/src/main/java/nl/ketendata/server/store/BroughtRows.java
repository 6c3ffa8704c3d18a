package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of one file of a delivery, those included that newer content stands above: what is asked
 * of a delivery must not depend on what came before it.
 */
public final class BroughtRows {
  private static final int FIRST_ROWS = 2000;
  private static final String ELEVEN_TEST = elevenTest();

  private final Connection connection;
  private final String table;
  private final boolean anyOdd;

  /**
   * @param table where they are, and no others
   * @param anyOdd whether any was marked to be looked at
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
    return number(
        "SELECT count(*)::VARCHAR FROM %s WHERE %s".formatted(digits(column, table), ELEVEN_TEST));
  }

  /** The same for a column of hashes: a row with one that is short was marked. */
  public long plainBsnsAmongHashes(String column) {
    return anyOdd ? plainBsns(column) : 0;
  }

  /**
   * Of the numbers in a column that have the length of a BSN: how many there are, and how many of
   * them pass the eleven-test, as one of eleven numbers does by chance.
   *
   * @param all different ones
   * @param passing of these
   */
  public record Numbers(long all, long passing) {}

  /** The numbers in a column. */
  public Numbers numbers(String column) {
    // Different texts first: a provider's number stands in thousands of rows.
    String texts =
        "(SELECT DISTINCT %1$s FROM %2$s WHERE %3$s)"
            .formatted(Sql.name(column), table, longAsBsn(column));
    List<String> counts =
        strings(
            "SELECT unnest([count(DISTINCT w), count(DISTINCT w) FILTER (%s)])::VARCHAR FROM %s"
                .formatted(ELEVEN_TEST, digits(column, texts)));
    return new Numbers(Long.parseLong(counts.get(0)), Long.parseLong(counts.get(1)));
  }

  /**
   * Which of the columns hold numbers of the length of a BSN in the first rows: a cheap look at all
   * of them at once.
   *
   * @param least how many such values make a column one
   */
  public List<String> withNumbers(List<String> columns, int least) {
    if (columns.isEmpty()) {
      return List.of();
    }
    String counts =
        columns.stream()
            .map(
                column ->
                    "CASE WHEN count(*) FILTER (WHERE strlen(%1$s) BETWEEN 8 AND 11 AND regexp_full_match(%1$s, '[0-9. ]+')) >= %2$d THEN %3$s END"
                        .formatted(Sql.name(column), least, Sql.text(column)))
            .collect(Collectors.joining(", "));
    return strings(
        "SELECT unnest([%s]) FROM (SELECT * FROM %s LIMIT %d)"
            .formatted(counts, table, FIRST_ROWS));
  }

  private static String digits(String column, String table) {
    return "(SELECT w FROM (SELECT replace(replace(%1$s, '.', ''), ' ', '') AS w FROM %2$s WHERE %3$s) WHERE regexp_full_match(w, '[0-9]{8,9}') AND NOT regexp_full_match(w, '0+'))"
        .formatted(Sql.name(column), table, longAsBsn(column));
  }

  private static String elevenTest() {
    StringBuilder sum = new StringBuilder();
    for (int i = 1; i <= 8; i++) {
      sum.append("(ascii(lpad(w, 9, '0')[%d]) - 48) * %d + ".formatted(i, 10 - i));
    }
    return "(" + sum + "0 - (ascii(lpad(w, 9, '0')[9]) - 48)) % 11 = 0";
  }

  private long number(String sql) {
    return Long.parseLong(strings(sql).get(0));
  }

  private List<String> strings(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        Optional.ofNullable(rows.getString(1)).ifPresent(values::add);
      }
      return values;
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }
}
