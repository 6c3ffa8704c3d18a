package nl.ketendata.server.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.BroughtRows;

/**
 * Readable numbers of citizens, wherever they stand. In a column that should be hashed, or that is
 * named after them, one is enough. Elsewhere one of eleven numbers passes the eleven-test by
 * chance, and a provider's number of eight digits may do so in every row: a column is taken for one
 * of numbers of citizens when several different ones are in it and nearly all pass.
 */
final class PlainBsns {
  private static final Pattern NAMED =
      Pattern.compile("bsn|burgerservice|sofi", Pattern.CASE_INSENSITIVE);
  private static final int FEWEST_UNKNOWN = 5;
  private static final int FEWEST_DECLARED = 10;
  private static final double NEARLY_ALL = 0.9;

  /**
   * @param unknown columns that the catalogue lacks
   * @throws Failure KD205 for a column that should be hashed, KD225 for another
   */
  void check(Table table, List<String> unknown, BroughtRows rows) {
    for (Column column : table.columns()) {
      if (column.hashed()) {
        refuse(rows.plainBsnsAmongHashes(column.name()), Code.PLAIN_BSN, table, column.name());
      }
    }
    for (String column : unknown) {
      if (NAMED.matcher(column).find()) {
        refuse(rows.plainBsns(column), Code.BSN_ELSEWHERE, table, column);
      }
      checkNumbers(table, column, FEWEST_UNKNOWN, rows);
    }
    for (String column : rows.withNumbers(declared(table), FEWEST_DECLARED)) {
      checkNumbers(table, column, FEWEST_DECLARED, rows);
    }
  }

  private static List<String> declared(Table table) {
    List<String> names = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean text = column.type() == ColumnType.STRING && column.codeList().isEmpty();
      if (text && !column.hashed()) {
        names.add(column.name());
      }
    }
    return names;
  }

  private static void checkNumbers(Table table, String column, int fewest, BroughtRows rows) {
    BroughtRows.Numbers numbers = rows.numbers(column);
    if (isOfCitizens(numbers.all(), numbers.passing(), fewest)) {
      refuse(numbers.passing(), Code.BSN_ELSEWHERE, table, column);
    }
  }

  private static boolean isOfCitizens(long all, long passing, int fewest) {
    return passing >= fewest && passing >= all * NEARLY_ALL;
  }

  /** Whether different numbers of which so many pass are those of citizens, in an unknown file. */
  static boolean isOfCitizens(long all, long passing) {
    return isOfCitizens(all, passing, FEWEST_UNKNOWN);
  }

  private static void refuse(long count, Code code, Table table, String column) {
    if (count > 0) {
      throw Failure.of(code, table.name() + ".csv", column, count);
    }
  }
}
