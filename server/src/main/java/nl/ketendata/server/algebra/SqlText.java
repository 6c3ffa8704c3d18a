package nl.ketendata.server.algebra;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * A parsed query, with the limits that hold before anything is computed.
 *
 * @param edits what was changed in its text before it was read
 */
record SqlText(SqlNode node, Edits edits) {
  /** What may hide a parenthesis, and parentheses; possessive, so that no text takes long. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^']*+(?:'|$)|\"[^\"]*+(?:\"|$)|--[^\\n\\r]*+|/\\*(?s:.)*?(?:\\*/|$)|[()]"
              + "|\\b(?i:like|ilike|similar|between|overlaps|escape)\\b");

  private static final int LONGEST = 32 * 1024;
  private static final int DEEPEST = 100;

  /** The parser goes back and forth through all that stands beside them. */
  private static final int MOST_TERNARY = 400;

  /** Liberal, but what is selected must be grouped: no value is picked at random. */
  static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }

        /** An alias of an alias of an alias could double each time; PostgreSQL has none of it. */
        @Override
        public SelectAliasLookup isSelectAlias() {
          return SelectAliasLookup.UNSUPPORTED;
        }
      };

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(256)
          .withConformance(CONFORMANCE)
          .withParserFactory(SqlBabelParserImpl.FACTORY);

  /**
   * Parses one query or EXPLAIN.
   *
   * @throws Failure KD401 with the place, KD404 for a statement that writes, KD412 and KD413 for
   *     limits
   */
  static SqlText parse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw Failure.of(Code.TOO_LARGE, "SQL", bytes + " bytes", LONGEST + " bytes");
    }
    if (text.indexOf('\0') >= 0) {
      String before = text.substring(0, text.indexOf('\0'));
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      throw Failure.of(Code.SYNTAX, line, before.length() - before.lastIndexOf('\n'), "U+0000");
    }
    String statement = withoutFinalSemicolon(text);
    FirstWord.check(Token.of(statement));
    checkDepth(statement);
    Edits edits = Spelling.of(statement);
    SqlNode node;
    try {
      node = SqlParser.create(edits.applied(), CONFIG).parseStmt();
    } catch (SqlParseException e) {
      throw SqlFailures.of(e, edits);
    }
    SqlNode query = node instanceof SqlExplain explain ? explain.getExplicandum() : node;
    if (!query.isA(SqlKind.QUERY)) {
      throw Failure.of(Code.READ_ONLY, query.getKind().sql);
    }
    StatementSize.check(query);
    SqlNode ours = node.accept(new Habits()).accept(new Percentiles());
    return new SqlText(ours, edits);
  }

  /** Ends at its last word: semicolons behind it, and comments behind those, are no part of it. */
  private static String withoutFinalSemicolon(String text) {
    List<Token> tokens = Token.of(text);
    int end = tokens.size();
    while (end > 0 && tokens.get(end - 1).is(";")) {
      end--;
    }
    if (end == tokens.size()) {
      return text;
    }
    return end == 0 ? "" : text.substring(0, tokens.get(end - 1).end());
  }

  private static void checkDepth(String statement) {
    int depth = 0;
    int ternary = 0;
    Matcher tokens = TOKEN.matcher(statement);
    while (tokens.find()) {
      char c = tokens.group().charAt(0);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      ternary += Character.isLetter(c) ? 1 : 0;
      if (ternary > MOST_TERNARY) {
        throw Failure.of(Code.TOO_LARGE, "LIKE, BETWEEN", "> " + MOST_TERNARY, MOST_TERNARY);
      }
      if (depth > DEEPEST) {
        throw Failure.of(Code.TOO_DEEP, "> " + DEEPEST, DEEPEST);
      }
    }
  }
}
