package nl.ketendata.server.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SQL that is supported: the list that statements are checked against, and the page that tells
 * it. What is not here is refused, and what is here is on the page.
 */
public final class Language {
  /**
   * @param title in Dutch
   * @param english the same in English
   * @param operators as Calcite names them
   */
  record Group(String title, String english, List<String> operators) {}

  static final List<Group> GROUPS =
      List.of(
          group(
              "Vergelijken",
              "Comparing",
              "=,<>,<,<=,>,>=,BETWEEN,IN,LIKE,ILIKE,SIMILAR TO,GREATEST,LEAST"),
          group(
              "Vergelijken met NULL en waarheid",
              "Comparing with NULL and truth",
              "IS NULL,IS NOT NULL,IS TRUE,IS NOT TRUE,IS FALSE,IS NOT FALSE,IS UNKNOWN,IS NOT"
                  + " UNKNOWN,IS DISTINCT FROM,IS NOT DISTINCT FROM,NOT IN,NOT LIKE,NOT ILIKE,NOT"
                  + " SIMILAR TO"),
          group("Logica en keuze", "Logic and choice", "AND OR NOT CASE COALESCE NULLIF"),
          group("Subquery's", "Sub-queries", "EXISTS SOME ALL"),
          group(
              "Rekenen",
              "Numbers",
              "+ - * / % MOD ABS SIGN CEIL FLOOR ROUND TRUNCATE POWER SQRT EXP LN LOG10"),
          group(
              "Tekst",
              "Texts",
              "|| UPPER LOWER TRIM LTRIM RTRIM SUBSTRING POSITION CHAR_LENGTH CHARACTER_LENGTH"
                  + " LENGTH REPLACE OVERLAY LEFT RIGHT LPAD RPAD SPLIT_PART REVERSE ASCII"
                  + " REGEXP_REPLACE CONCAT_WS"),
          group("Omzetten", "Conversion", "CAST TRY_CAST"),
          group(
              "Datum en tijd",
              "Dates and times",
              "EXTRACT CURRENT_DATE CURRENT_TIMESTAMP LOCALTIMESTAMP TIMESTAMPDIFF TIMESTAMPADD"
                  + " LAST_DAY TO_CHAR FORMAT TO_DATE TO_TIMESTAMP MAKE_DATE"),
          group(
              "Samenvatten",
              "Aggregates",
              "COUNT SUM MIN MAX AVG ANY_VALUE STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP"
                  + " VAR_SAMP LISTAGG STRING_AGG BOOL_AND BOOL_OR EVERY PERCENTILE_CONT"
                  + " PERCENTILE_DISC APPROX_COUNT_DISTINCT GROUPING GROUPING_ID"),
          group(
              "Vensters",
              "Windows",
              "ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE"
                  + " LAST_VALUE NTH_VALUE"));

  /** Patterns as {@code ~ ~* !~ !~*} are called inside. */
  private static final List<String> PATTERNS =
      List.of(
          "POSIX REGEX CASE SENSITIVE",
          "POSIX REGEX CASE INSENSITIVE",
          "NEGATED POSIX REGEX CASE SENSITIVE",
          "NEGATED POSIX REGEX CASE INSENSITIVE");

  /** What Calcite makes of the others; nobody writes them. */
  private static final Set<String> INSIDE =
      Stream.concat(
              PATTERNS.stream(),
              Stream.of(
                  "$SCALAR_QUERY",
                  "< SOME",
                  "<= SOME",
                  "= SOME",
                  "> SOME",
                  ">= SOME",
                  "<> SOME",
                  "< ALL",
                  "<= ALL",
                  "= ALL",
                  "> ALL",
                  ">= ALL",
                  "<> ALL",
                  "ROW",
                  "SEARCH",
                  "DESC",
                  "NULLS FIRST",
                  "NULLS LAST",
                  "DATETIME_PLUS",
                  "MINUS_DATE",
                  "REINTERPRET",
                  "$SUM0",
                  "DATE_SUB",
                  "SAFE_CAST",
                  "TO_MONTHS",
                  "TO_DAYS",
                  "TO_HOURS",
                  "TO_MINUTES",
                  "TO_SECONDS"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> ALLOWED =
      Stream.concat(INSIDE.stream(), GROUPS.stream().flatMap(group -> group.operators.stream()))
          .collect(Collectors.toUnmodifiableSet());

  /** From what other products write, to what it means here. */
  static final Map<String, String> HABITS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("NOW() GETDATE()", "LOCALTIMESTAMP"),
              Map.entry("ISNULL(a, b) NVL(a, b) IFNULL(a, b)", "COALESCE(a, b)"),
              Map.entry("LEN(x)", "CHAR_LENGTH(TRIM(TRAILING ' ' FROM x))"),
              Map.entry("SUBSTR(x, 2, 3)", "SUBSTRING(x FROM 2 FOR 3)"),
              Map.entry("CHARINDEX(a, x)", "POSITION(a IN x)"),
              Map.entry("CONCAT(a, b)", "COALESCE(a, '') || COALESCE(b, '')"),
              Map.entry("REGEXP_LIKE(x, p)", "x ~ p"),
              Map.entry("IIF(c, a, b)", "CASE WHEN c THEN a ELSE b END"),
              Map.entry("TRUNC(x, 1)", "TRUNCATE(x, 1)"),
              Map.entry("DATE_TRUNC('month', x)", "FLOOR(x TO MONTH); weken vanaf maandag"),
              Map.entry("DATE_PART('year', x) DATEPART(year, x)", "EXTRACT(YEAR FROM x)"),
              Map.entry("DATEADD(month, 1, x)", "TIMESTAMPADD(MONTH, 1, x)"),
              Map.entry(
                  "DATEDIFF(month, a, b)",
                  "TIMESTAMPDIFF(MONTH, FLOOR(a TO MONTH), FLOOR(b TO MONTH))"),
              Map.entry("EOMONTH(x)", "LAST_DAY(x)"),
              Map.entry("DATE(x)", "CAST(x AS DATE)"),
              Map.entry("CONVERT(DATE, x)", "CAST(x AS DATE)"),
              Map.entry("DATEFROMPARTS(2024, 12, 31)", "MAKE_DATE(2024, 12, 31)"),
              Map.entry("NVL2(x, a, b)", "CASE WHEN x IS NOT NULL THEN a ELSE b END"),
              Map.entry("STUFF(x, 2, 1, a)", "OVERLAY(x PLACING a FROM 2 FOR 1)"),
              Map.entry("STRPOS(x, a) INSTR(x, a) LOCATE(a, x)", "POSITION(a IN x)"),
              Map.entry("BTRIM(x)", "TRIM(x)"),
              Map.entry("MEDIAN(x)", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)"),
              Map.entry("STDEV(x) STDEVP(x)", "STDDEV_SAMP(x), STDDEV_POP(x)"),
              Map.entry("VAR(x) VARP(x)", "VAR_SAMP(x), VAR_POP(x)"),
              Map.entry("COUNT_IF(c) COUNTIF(c)", "COUNT(*) FILTER (WHERE c)")));

  private Language() {}

  private static Group group(String title, String english, String operators) {
    return new Group(title, english, List.of(operators.split(operators.contains(",") ? "," : " ")));
  }

  /** The names of functions, for who wrote one a little otherwise. */
  static List<String> functionNames() {
    return GROUPS.stream()
        .flatMap(group -> group.operators.stream())
        .filter(operator -> operator.matches("[A-Z_]{3,}"))
        .toList();
  }

  /** Whether an operator may stand in a statement. */
  static boolean allows(String operator) {
    return ALLOWED.contains(operator);
  }

  /** The functions that are called by a name, by the title that they stand under. */
  public static Map<String, List<String>> functions() {
    return GROUPS.stream()
        .collect(
            Collectors.toMap(
                Group::title,
                group -> group.operators.stream().filter(Language::isName).toList(),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private static boolean isName(String operator) {
    return operator.matches("[A-Z][A-Z0-9_]*")
        && !Set.of("AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "BETWEEN").contains(operator);
  }
}
