package nl.ketendata.server.algebra;

import java.util.Map;
import java.util.Optional;

/** What to write in place of functions of other products. */
final class OtherWays {
  static final String UNITS =
      "year, quarter, month, week, day, hour, minute, second, doy, isodow, isoyear";
  static final String ROWS = "LIMIT 5, FETCH FIRST 5 ROWS ONLY";
  static final String QUOTES = "\"naam\"";
  static final String TIES = "QUALIFY RANK() OVER (ORDER BY x) <= 5";
  static final String SHARE = "QUALIFY NTILE(100) OVER (ORDER BY x) <= 10";

  static final Map<String, String> WAYS =
      Map.ofEntries(
          Map.entry("STRFTIME", "TO_CHAR(x, 'YYYY-MM')"),
          Map.entry("DATE_FORMAT", "TO_CHAR(x, 'YYYY-MM')"),
          Map.entry("DATENAME", "TO_CHAR(x, 'MM')"),
          Map.entry("MONTHNAME", "TO_CHAR(x, 'MM')"),
          Map.entry("DAYNAME", "EXTRACT(ISODOW FROM x)"),
          Map.entry("TO_NUMBER", "CAST(x AS DECIMAL(18, 2))"),
          Map.entry("TRY_CONVERT", "TRY_CAST(x AS INTEGER)"),
          Map.entry("GROUP_CONCAT", "STRING_AGG(x, ',')"),
          Map.entry("ARRAY_AGG", "STRING_AGG(x, ',')"),
          Map.entry("DECODE", "CASE x WHEN 1 THEN 'a' ELSE 'b' END"),
          Map.entry("CHOOSE", "CASE x WHEN 1 THEN 'a' ELSE 'b' END"),
          Map.entry("AGE", "TIMESTAMPDIFF(YEAR, a, b)"),
          Map.entry("MONTHS_BETWEEN", "TIMESTAMPDIFF(MONTH, a, b)"),
          Map.entry("ADD_MONTHS", "TIMESTAMPADD(MONTH, 1, x)"),
          Map.entry("DATE_ADD", "x + INTERVAL '1' DAY, TIMESTAMPADD(DAY, 1, x)"),
          Map.entry("DATE_SUB", "x - INTERVAL '1' DAY"),
          Map.entry("GETUTCDATE", "LOCALTIMESTAMP"),
          Map.entry("REGEXP_SUBSTR", "x ~ 'a', SUBSTRING(x FROM 2 FOR 3)"),
          Map.entry("REGEXP_EXTRACT", "x ~ 'a', SUBSTRING(x FROM 2 FOR 3)"),
          Map.entry("PATINDEX", "x LIKE '%a%', x ~ 'a'"),
          Map.entry("RLIKE", "x ~ 'a'"),
          Map.entry("DATALENGTH", "CHAR_LENGTH(x)"),
          Map.entry("OCTET_LENGTH", "CHAR_LENGTH(x)"),
          Map.entry("REPEAT", "LPAD('', 3, '*')"),
          Map.entry("REPLICATE", "LPAD('', 3, '*')"),
          Map.entry("SPACE", "LPAD('', 3, ' ')"),
          Map.entry("INITCAP", "UPPER(LEFT(x, 1)) || LOWER(SUBSTRING(x FROM 2))"),
          Map.entry("STRING_TO_ARRAY", "SPLIT_PART(x, '-', 1)"),
          Map.entry("STRING_SPLIT", "SPLIT_PART(x, '-', 1)"),
          Map.entry("LOG", "LN(x), LOG10(x)"),
          Map.entry("SQUARE", "POWER(x, 2)"),
          Map.entry(
              "GENERATE_SERIES",
              "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 12) SELECT"
                  + " n FROM r"),
          Map.entry("RANDOM", "MOD(Levering_Nummer, 10)"),
          Map.entry("RAND", "MOD(Levering_Nummer, 10)"),
          Map.entry("NEWID", "ROW_NUMBER() OVER (ORDER BY x)"),
          Map.entry("ARG_MAX", "QUALIFY ROW_NUMBER() OVER (ORDER BY x DESC) = 1"),
          Map.entry("ARG_MIN", "QUALIFY ROW_NUMBER() OVER (ORDER BY x) = 1"),
          Map.entry("MAX_BY", "QUALIFY ROW_NUMBER() OVER (ORDER BY x DESC) = 1"),
          Map.entry("MIN_BY", "QUALIFY ROW_NUMBER() OVER (ORDER BY x) = 1"),
          Map.entry("MODE", "SELECT x FROM … GROUP BY x ORDER BY COUNT(*) DESC LIMIT 1"),
          Map.entry("FIRST", "MIN(x), FIRST_VALUE(x) OVER (ORDER BY y)"),
          Map.entry("LAST", "MAX(x), LAST_VALUE(x) OVER (ORDER BY y)"),
          Map.entry("RATIO_TO_REPORT", "1.0 * x / SUM(x) OVER ()"));

  private OtherWays() {}

  /** The way that works; empty when there is none, or no need of one. */
  static Optional<String> of(String function) {
    return Optional.ofNullable(WAYS.get(function));
  }
}
