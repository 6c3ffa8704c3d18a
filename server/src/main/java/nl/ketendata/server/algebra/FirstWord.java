package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What a statement is by the word that it begins with: a query, or one with another way. */
final class FirstWord {
  private static final String QUERY = "SELECT …";
  private static final String WHOLE_NAME = "SELECT … FROM GM9030.IJW.JW301";
  private static final String TABLES = "SELECT * FROM INFORMATION_SCHEMA.TABLES";
  private static final String COLUMNS =
      "SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'JW301'";
  private static final String CASES = "SUM(CASE WHEN x = 'a' THEN y END)";

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("SHOW", TABLES),
          Map.entry("HELP", TABLES),
          Map.entry("DESCRIBE", COLUMNS),
          Map.entry("DESC", COLUMNS),
          Map.entry("USE", WHOLE_NAME),
          Map.entry("FROM", "SELECT * FROM …"),
          Map.entry("SUMMARIZE", "SELECT COUNT(*), MIN(x), MAX(x) FROM …"),
          Map.entry("PIVOT", CASES),
          Map.entry("UNPIVOT", CASES),
          Map.entry("EXEC", QUERY),
          Map.entry("DECLARE", QUERY),
          Map.entry("IF", QUERY),
          Map.entry("WHILE", QUERY),
          Map.entry("PRINT", QUERY),
          Map.entry("DO", QUERY),
          Map.entry("GO", QUERY));

  private static final Set<String> WRITES =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "CREATE",
          "DROP",
          "ALTER",
          "TRUNCATE",
          "SET",
          "RESET",
          "COPY",
          "ATTACH",
          "DETACH",
          "PRAGMA",
          "CALL",
          "GRANT",
          "REVOKE",
          "INSTALL",
          "LOAD",
          "EXPORT",
          "IMPORT",
          "START",
          "COMMIT",
          "ROLLBACK",
          "BEGIN",
          "VACUUM",
          "CHECKPOINT",
          "EXECUTE",
          "UPSERT",
          "REPLACE");

  private FirstWord() {}

  /**
   * @param tokens of a statement; it may begin with parentheses
   * @throws Failure KD404 for a statement that writes, KD431 with the way that works
   */
  static void check(List<Token> tokens) {
    int first = 0;
    while (first < tokens.size() && tokens.get(first).is("(")) {
      first++;
    }
    if (first == tokens.size()) {
      return;
    }
    String word = tokens.get(first).upper();
    if (word.equals("SET") && namesPlace(tokens, first + 1)) {
      throw Failure.of(Code.OTHER_WAY, "SET " + tokens.get(first + 1).upper(), WHOLE_NAME);
    }
    if (WRITES.contains(word)) {
      throw Failure.of(Code.READ_ONLY, word);
    }
    if (OTHERS.containsKey(word)) {
      throw Failure.of(Code.OTHER_WAY, word, OTHERS.get(word));
    }
  }

  private static boolean namesPlace(List<Token> tokens, int second) {
    return second < tokens.size()
        && tokens.get(second).is("SEARCH_PATH", "SCHEMA", "CATALOG", "CURRENT", "DATABASE");
  }
}
