package nl.ketendata.server.algebra;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What programs write for JDBC and ODBC in place of the form of each product: {@code {fn f(x)}},
 * {@code {oj a LEFT JOIN b ON …}}, {@code LIKE 'a' {escape '!'}} and {@code SQL_TSI_DAY}. The
 * braces are left out, as ours is the standard's form; those of {@code {d '…'}} the parser knows.
 */
final class JdbcEscapes {
  private static final String UNIT = "SQL_TSI_";

  private JdbcEscapes() {}

  static void read(List<Token> tokens, Edits edits) {
    Deque<Boolean> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : Token.NONE;
      if (token.upper().startsWith(UNIT)) {
        edits.replace(token, token.text().substring(UNIT.length()));
      } else if (token.is("{")) {
        open.push(opened(token, next, edits));
      } else if (token.is("}") && !open.isEmpty() && open.pop()) {
        edits.replace(token, "");
      }
    }
  }

  /** Whether its brace at the end is to be left out as well. */
  private static boolean opened(Token brace, Token kind, Edits edits) {
    if (kind.is("FN", "OJ")) {
      edits.replace(brace.start(), kind.end(), "");
      return true;
    }
    if (kind.is("ESCAPE")) {
      edits.replace(brace, "");
      return true;
    }
    return false;
  }
}
