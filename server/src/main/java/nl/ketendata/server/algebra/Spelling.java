package nl.ketendata.server.algebra;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * A statement as PostgreSQL and SQL Server spell it, in the spelling of the parser: what the parser
 * knows under another form is written in its form, and what it does not know is refused with the
 * way that works.
 */
final class Spelling {
  /** Stands behind SELECT for {@code TOP 5}: the parser keeps it, and knows no TOP. */
  static final String TOP = "TOP";

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][^\"\\[\\]]*");
  private static final Pattern SPAN =
      Pattern.compile(
          "'\\s*([+-]?\\d+)\\s+((?:year|quarter|month|week|day|hour|minute|second)s?)\\s*'",
          Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("TEXT", "varchar"),
          Map.entry("STRING", "varchar"),
          Map.entry("NVARCHAR", "varchar"),
          Map.entry("VARCHAR2", "varchar"),
          Map.entry("NTEXT", "varchar"),
          Map.entry("UUID", "varchar"),
          Map.entry("UNIQUEIDENTIFIER", "varchar"),
          Map.entry("NCHAR", "char"),
          Map.entry("BPCHAR", "varchar"),
          Map.entry("INT2", "smallint"),
          Map.entry("INT4", "integer"),
          Map.entry("INT8", "bigint"),
          Map.entry("INT64", "bigint"),
          Map.entry("FLOAT4", "real"),
          Map.entry("FLOAT8", "double"),
          Map.entry("FLOAT64", "double"),
          Map.entry("BOOL", "boolean"),
          Map.entry("NUMBER", "decimal"),
          Map.entry("MONEY", "decimal(19, 4)"),
          Map.entry("SMALLMONEY", "decimal(10, 4)"),
          Map.entry("DATETIME", "timestamp"),
          Map.entry("DATETIME2", "timestamp"),
          Map.entry("SMALLDATETIME", "timestamp"));

  private final List<Token> tokens;
  private final Edits edits;

  private Spelling(String statement) {
    this.tokens = Token.of(statement);
    this.edits = new Edits(statement);
  }

  /**
   * The changes that make it readable.
   *
   * @throws Failure KD431 with the way that works, KD404 for SELECT INTO
   */
  static Edits of(String statement) {
    Spelling spelling = new Spelling(statement);
    ForeignForms.refuse(spelling.tokens);
    JdbcEscapes.read(spelling.tokens, spelling.edits);
    for (int i = 0; i < spelling.tokens.size(); i++) {
      spelling.change(i);
    }
    return spelling.edits;
  }

  private Token at(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index) : Token.NONE;
  }

  private void change(int i) {
    switch (at(i).upper()) {
      case "[" -> name(i);
      case "TOP" -> top(i);
      case "MATERIALIZED" -> materialized(i);
      case "EXPLAIN" -> explain(i);
      case "INTERVAL" -> interval(i);
      case "IGNORE", "RESPECT" -> nulls(i);
      case "NOLOCK" -> unlocked(i);
      case "::" -> type(i + 1);
      case "CAST", "TRY_CAST", "SAFE_CAST" -> castTo(i);
      case "CONVERT", "TRY_CONVERT" -> type(i + 2);
      default -> {}
    }
  }

  /** {@code [name]} of SQL Server. */
  private void name(int i) {
    int close = i + 1;
    while (close < tokens.size() && !at(close).is("]")) {
      close++;
    }
    if (at(close) == Token.NONE || at(i - 1).is("ARRAY", "MAP", "MULTISET", "]")) {
      return;
    }
    String name = edits.between(at(i).end(), at(close).start());
    if (NAME.matcher(name).matches()) {
      edits.replace(at(i), "\"");
      edits.replace(at(close), "\"");
    }
  }

  private void top(int i) {
    int select = at(i - 1).is("DISTINCT", "ALL") ? i - 2 : i - 1;
    boolean bracketed = at(i + 1).is("(");
    Token rows = at(bracketed ? i + 2 : i + 1);
    if (!at(select).is("SELECT") || !rows.isNumber() || bracketed && !at(i + 3).is(")")) {
      return;
    }
    Token behind = at(bracketed ? i + 4 : i + 2);
    if (behind.is("PERCENT")) {
      throw Failure.of(Code.OTHER_WAY, "TOP … PERCENT", OtherWays.SHARE);
    }
    if (behind.is("WITH")) {
      throw Failure.of(Code.OTHER_WAY, "TOP … WITH TIES", OtherWays.TIES);
    }
    edits.insert(at(select).end(), " /*+ " + TOP + "(" + rows.text() + ") */");
    edits.replace(at(i).start(), (bracketed ? at(i + 3) : rows).end(), " ");
  }

  private void materialized(int i) {
    boolean not = at(i - 1).is("NOT");
    if (at(not ? i - 2 : i - 1).is("AS") && at(i + 1).is("(")) {
      edits.replace(at(not ? i - 1 : i).start(), at(i).end(), "");
    }
  }

  private void explain(int i) {
    if (i == 0 && at(1).is("SELECT", "WITH", "VALUES", "(")) {
      edits.insert(at(0).end(), " PLAN FOR");
    }
  }

  /** {@code '30 days'} is {@code '30' days}. */
  private void interval(int i) {
    Token text = at(i + 1);
    Matcher span = SPAN.matcher(text.text());
    if (span.matches()) {
      edits.replace(text, "'" + span.group(1) + "' " + span.group(2));
    }
  }

  /** {@code LAG(x IGNORE NULLS)} is {@code LAG(x) IGNORE NULLS}. */
  private void nulls(int i) {
    if (at(i + 1).is("NULLS") && at(i + 2).is(")")) {
      edits.replace(at(i).start(), at(i + 1).end(), "");
      edits.insert(at(i + 2).end(), " " + at(i).text() + " NULLS ");
    }
  }

  private void unlocked(int i) {
    if (at(i - 2).is("WITH") && at(i - 1).is("(") && at(i + 1).is(")")) {
      edits.replace(at(i - 2).start(), at(i + 1).end(), "");
    }
  }

  /** The type of {@code CAST(… AS type)}: behind the last AS that is in no other parentheses. */
  private void castTo(int i) {
    int depth = 0;
    int as = 0;
    for (int next = i + 1; next < tokens.size(); next++) {
      depth += at(next).is("(") ? 1 : at(next).is(")") ? -1 : 0;
      if (depth == 0) {
        break;
      }
      as = depth == 1 && at(next).is("AS") ? next : as;
    }
    if (as > 0) {
      type(as + 1);
    }
  }

  private void type(int i) {
    String ours = TYPES.get(at(i).upper());
    boolean sized = at(i + 1).is("(") && at(i + 3).is(")");
    boolean unbounded = sized && at(i + 2).is("MAX");
    if (unbounded || ours != null && sized && !keepsSize(ours)) {
      edits.replace(at(i + 1).start(), at(i + 3).end(), "");
    }
    if (ours != null) {
      edits.replace(at(i), ours);
    }
  }

  private static boolean keepsSize(String type) {
    return type.equals("varchar") || type.equals("char") || type.equals("decimal");
  }
}
