package nl.ketendata.server.algebra;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** From text to a parsed query, with the limits that hold before anything is computed. */
final class SqlText {
  private static final int LONGEST = 32 * 1024;
  private static final int DEEPEST = 100;
  private static final int MOST_JOINS = 30;
  private static final int MOST_SET_OPERATIONS = 16;
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
          "COMMIT",
          "ROLLBACK",
          "BEGIN",
          "USE",
          "VACUUM",
          "CHECKPOINT",
          "EXECUTE",
          "UPSERT",
          "REPLACE");

  /** Liberal, but what is selected must be grouped: no value is picked at random. */
  static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }
      };

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(256)
          .withConformance(CONFORMANCE);

  private SqlText() {}

  /**
   * Parses one query or EXPLAIN.
   *
   * @throws Failure KD401 with the place, KD404 for a statement that writes, KD412 and KD413 for
   *     limits
   */
  static SqlNode parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw Failure.of(Code.TOO_LARGE, "SQL", bytes + " bytes", LONGEST + " bytes");
    }
    String statement = withoutFinalSemicolon(text);
    String first = firstWord(statement);
    if (WRITES.contains(first)) {
      throw Failure.of(Code.READ_ONLY, first);
    }
    checkDepth(statement);
    SqlNode node;
    try {
      node = SqlParser.create(statement, CONFIG).parseStmt();
    } catch (SqlParseException e) {
      throw SqlFailures.of(e, statement);
    }
    SqlNode query = node instanceof SqlExplain explain ? explain.getExplicandum() : node;
    if (!query.isA(SqlKind.QUERY)) {
      throw Failure.of(Code.READ_ONLY, query.getKind().sql);
    }
    new Limits().check(query);
    return node.accept(new Percentiles());
  }

  private static String withoutFinalSemicolon(String text) {
    String stripped = text.strip();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  private static String firstWord(String statement) {
    return statement
        .replaceFirst("^(\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)+", "")
        .split("[^A-Za-z]", 2)[0]
        .toUpperCase(Locale.ROOT);
  }

  private static void checkDepth(String statement) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')') {
        depth--;
      }
      if (depth > DEEPEST) {
        throw Failure.of(Code.TOO_DEEP, "> " + DEEPEST, DEEPEST);
      }
    }
  }

  /** Counts what makes planning or running expensive. */
  private static final class Limits extends SqlBasicVisitor<Void> {
    private int joins;
    private int setOperations;

    void check(SqlNode query) {
      query.accept(this);
    }

    @Override
    public Void visit(SqlCall call) {
      if (call instanceof SqlJoin && ++joins > MOST_JOINS) {
        throw Failure.of(Code.TOO_LARGE, "JOIN", "> " + MOST_JOINS, MOST_JOINS);
      }
      if (call.getOperator() instanceof SqlSetOperator && ++setOperations > MOST_SET_OPERATIONS) {
        throw Failure.of(
            Code.TOO_LARGE,
            "UNION/INTERSECT/EXCEPT",
            "> " + MOST_SET_OPERATIONS,
            MOST_SET_OPERATIONS);
      }
      return super.visit(call);
    }
  }
}
