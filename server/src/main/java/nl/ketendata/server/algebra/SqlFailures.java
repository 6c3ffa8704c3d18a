package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;

/** What Calcite's exceptions mean to the one who wrote the SQL. */
final class SqlFailures {
  private static final Pattern FOUND = Pattern.compile("Encountered \"(.*?)\" at line");
  private static final Pattern TOP =
      Pattern.compile("(?i)\\bselect\\s+(?:distinct\\s+|all\\s+)?top\\s*\\(?\\s*\\d");
  private static final Pattern TABLE =
      Pattern.compile("(?:Object|Table) '([^']*)' not found(?: within '([^']*)')?");
  private static final Pattern COLUMN =
      Pattern.compile("Column '([^']*)' not found in (?:any table|table '([^']*)')");

  /** What an unknown column becomes where aliases of the select list may be used. */
  private static final Pattern ALIAS =
      Pattern.compile("definition of column '([^']*)' depends on itself()");

  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature ([^(]*)");

  private SqlFailures() {}

  static Failure of(SqlParseException e, String statement) {
    if (e.getCause() instanceof StackOverflowError) {
      return Failure.of(Code.TOO_DEEP, "meer", "100");
    }
    String place =
        e.getPos() == null
            ? "het begin"
            : place(e.getPos().getLineNum(), e.getPos().getColumnNum());
    Matcher found = FOUND.matcher(String.valueOf(e.getMessage()));
    String token = found.find() ? found.group(1) : excerpt(statement);
    if (token.startsWith("[") || token.startsWith("`") || statement.contains("`")) {
      return Failure.of(Code.OTHER_WAY, token.isEmpty() ? "`" : token, OtherWays.QUOTES)
          .causedBy(e);
    }
    if (TOP.matcher(statement).find()) {
      return Failure.of(Code.OTHER_WAY, "TOP", OtherWays.ROWS).causedBy(e);
    }
    String shown =
        token.equals("<EOF>") || token.isEmpty() ? "het einde van de tekst" : "\"" + token + "\"";
    return Failure.of(Code.SYNTAX, place, shown, "").causedBy(e);
  }

  private static String excerpt(String statement) {
    return statement.substring(0, Math.min(40, statement.length()));
  }

  private static String place(int line, int column) {
    return "regel " + line + ", kolom " + column;
  }

  /**
   * @param names the names of tables and columns that could be meant
   */
  static Failure of(CalciteContextException e, Names names) {
    String message =
        e.getCause() == null
            ? String.valueOf(e.getMessage())
            : String.valueOf(e.getCause().getMessage());
    Matcher missing = TABLE.matcher(message);
    if (missing.find()) {
      return near(
          Failure.of(Code.UNKNOWN_TABLE, missing.group(1)), missing.group(1), names.tables());
    }
    for (Pattern pattern : List.of(COLUMN, ALIAS)) {
      Matcher column = pattern.matcher(message);
      if (column.find()) {
        String table = column.group(2);
        String where = table == null || table.isEmpty() ? "" : " in " + table;
        return near(
            Failure.of(Code.UNKNOWN_COLUMN, column.group(1), where),
            column.group(1),
            names.columns());
      }
    }
    Matcher function = FUNCTION.matcher(message);
    if (function.find()) {
      return Failure.of(Code.NOT_SUPPORTED, function.group(1));
    }
    String place = place(e.getPosLine(), e.getPosColumn());
    return Failure.of(Code.INVALID_QUESTION, place + ": " + message).causedBy(e);
  }

  private static Failure near(Failure failure, String written, Collection<String> names) {
    return Nearest.to(written, names).map(failure::meaning).orElse(failure);
  }

  /** Names that a statement can use. */
  record Names(List<String> tables, List<String> columns) {
    static Names of(Collection<Snapshot> snapshots) {
      List<String> tables = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      for (Snapshot snapshot : snapshots) {
        snapshot
            .tables()
            .forEach(
                table -> {
                  tables.add(table.name());
                  table.allColumns().forEach(column -> columns.add(column.name()));
                });
      }
      return new Names(tables, columns.stream().distinct().toList());
    }
  }
}
