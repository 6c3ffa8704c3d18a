package nl.ketendata.server.algebra;

import java.util.Map;
import java.util.Optional;

/** What to write in place of functions of other products. */
final class OtherWays {
  static final String UNITS =
      "year, quarter, month, week, day, hour, minute, second, doy, isodow, isoyear";
  static final String ROWS = "LIMIT 5, FETCH FIRST 5 ROWS ONLY";
  static final String QUOTES = "\"naam\"";

  static final Map<String, String> WAYS =
      Map.ofEntries(
          Map.entry("TO_CHAR", "CAST(x AS VARCHAR), EXTRACT(YEAR FROM x)"),
          Map.entry("FORMAT", "CAST(x AS VARCHAR), EXTRACT(YEAR FROM x)"),
          Map.entry("STRFTIME", "CAST(x AS VARCHAR), EXTRACT(YEAR FROM x)"),
          Map.entry("DATE_FORMAT", "CAST(x AS VARCHAR), EXTRACT(YEAR FROM x)"),
          Map.entry("TO_DATE", "CAST(x AS DATE), DATE '2024-12-31'"),
          Map.entry("TO_TIMESTAMP", "CAST(x AS TIMESTAMP), TIMESTAMP '2024-12-31 12:00:00'"),
          Map.entry("TO_NUMBER", "CAST(x AS DECIMAL(18, 2))"),
          Map.entry("CONVERT", "CAST(x AS VARCHAR)"),
          Map.entry("CONCAT_WS", "a || '-' || b"),
          Map.entry("GROUP_CONCAT", "STRING_AGG(x, ',')"),
          Map.entry("ARRAY_AGG", "STRING_AGG(x, ',')"),
          Map.entry("MEDIAN", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)"),
          Map.entry("DECODE", "CASE x WHEN 1 THEN 'a' ELSE 'b' END"),
          Map.entry("NVL2", "CASE WHEN x IS NOT NULL THEN a ELSE b END"),
          Map.entry("INSTR", "POSITION('a' IN x)"),
          Map.entry("LOCATE", "POSITION('a' IN x)"),
          Map.entry("STUFF", "OVERLAY(x PLACING 'a' FROM 2 FOR 1)"),
          Map.entry("AGE", "TIMESTAMPDIFF(YEAR, a, b)"),
          Map.entry("MONTHS_BETWEEN", "TIMESTAMPDIFF(MONTH, a, b)"),
          Map.entry("ADD_MONTHS", "TIMESTAMPADD(MONTH, 1, x)"),
          Map.entry("DATE_ADD", "x + INTERVAL '1' DAY, TIMESTAMPADD(DAY, 1, x)"),
          Map.entry("DATE_SUB", "x - INTERVAL '1' DAY"),
          Map.entry("MAKE_DATE", "DATE '2024-12-31'"),
          Map.entry("DATEFROMPARTS", "DATE '2024-12-31'"),
          Map.entry("REGEXP_REPLACE", "REPLACE(x, 'a', 'b')"),
          Map.entry("PATINDEX", "x LIKE '%a%', x ~ 'a'"));

  private OtherWays() {}

  /** The way that works; empty when there is none, or no need of one. */
  static Optional<String> of(String function) {
    return Optional.ofNullable(WAYS.get(function));
  }
}
