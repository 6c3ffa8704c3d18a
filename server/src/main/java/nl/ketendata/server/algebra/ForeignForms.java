package nl.ketendata.server.algebra;

import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Forms of other products that the parser cannot read, each with the way that works. A message that
 * names it is of more use than the place where reading stopped.
 */
final class ForeignForms {
  /**
   * @param words that follow each other, in capitals; {@code ?} is any one
   * @param way to write in its place
   */
  record Form(List<String> words, String way) {
    String title() {
      return String.join(" ", words).replace("?", "…");
    }
  }

  static final List<Form> ALL =
      List.of(
          form("DISTINCT ON (", "QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1"),
          form("GROUP BY ALL", "GROUP BY a, b"),
          form("WITH ROLLUP", "GROUP BY ROLLUP (a, b)"),
          form("WITH CUBE", "GROUP BY CUBE (a, b)"),
          form("ROWS WITH TIES", OtherWays.TIES),
          form("ROW WITH TIES", OtherWays.TIES),
          form("FIRST ? PERCENT", OtherWays.SHARE),
          form("NEXT ? PERCENT", OtherWays.SHARE),
          form("GROUPS BETWEEN", "RANGE BETWEEN 1 PRECEDING AND CURRENT ROW"),
          form("GROUPS ? PRECEDING", "RANGE 1 PRECEDING"),
          form("TABLESAMPLE ?", OtherWays.ROWS),
          form("USING SAMPLE", OtherWays.ROWS),
          form("MATCH_RECOGNIZE (", "LAG(x) OVER (PARTITION BY a ORDER BY b)"),
          form("ASOF JOIN", "LATERAL (SELECT … WHERE b.x <= a.x ORDER BY b.x DESC LIMIT 1)"),
          form("SEMI JOIN", "WHERE EXISTS (SELECT * FROM b WHERE b.x = a.x)"),
          form("ANTI JOIN", "WHERE NOT EXISTS (SELECT * FROM b WHERE b.x = a.x)"),
          form("EXPLAIN ANALYZE", "EXPLAIN PLAN FOR SELECT …"),
          form("OPTION (", "SELECT … FROM …"),
          form("FROM DUAL", "SELECT 1"),
          form("FOR UPDATE", "SELECT … FROM …"),
          form("FOR XML", "SELECT … FROM …"),
          form("FOR JSON", "SELECT … FROM …"),
          form("AT TIME ZONE", "CAST(x AS TIMESTAMP)"),
          form("UNNEST (", "(VALUES (1), (2)) AS v (n)"));

  private ForeignForms() {}

  private static Form form(String words, String way) {
    return new Form(List.of(words.split(" ")), way);
  }

  /**
   * @throws Failure KD431 for one of them, KD404 for SELECT INTO
   */
  static void refuse(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      refuse(tokens, i);
      if (token.is("//")) {
        throw Failure.of(Code.OTHER_WAY, "//", "FLOOR(a / b)");
      }
      if (token.text().startsWith("@")) {
        throw Failure.of(Code.OTHER_WAY, token.text(), "?");
      }
      if (token.is("`")) {
        throw Failure.of(Code.OTHER_WAY, "`", OtherWays.QUOTES);
      }
      if (token.is("INTO") && i > 0) {
        throw Failure.of(Code.READ_ONLY, "SELECT INTO");
      }
    }
  }

  private static void refuse(List<Token> tokens, int start) {
    for (Form form : ALL) {
      if (stands(form, tokens, start)) {
        throw Failure.of(Code.OTHER_WAY, form.title(), form.way);
      }
    }
  }

  private static boolean stands(Form form, List<Token> tokens, int start) {
    if (start + form.words.size() > tokens.size()) {
      return false;
    }
    for (int i = 0; i < form.words.size(); i++) {
      String word = form.words.get(i);
      if (!word.equals("?") && !tokens.get(start + i).is(word)) {
        return false;
      }
    }
    return true;
  }
}
