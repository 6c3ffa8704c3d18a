package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;

/** What is left of the columns of a table that stands in FROM. */
class UnnamedColumnsTest {
  private static final String TABLE = "(SELECT a, b, c FROM f) AS t";

  @Test
  void whatNothingNamesIsLeftOut() {
    same(
        "SELECT COUNT(*) FROM " + TABLE + " WHERE t.B > 1",
        "SELECT COUNT(*) FROM (SELECT b FROM f) AS t WHERE t.B > 1");
  }

  @Test
  void oneColumnStaysWhenNoneIsNamed() {
    same("SELECT COUNT(*) FROM " + TABLE, "SELECT COUNT(*) FROM (SELECT a FROM f) AS t");
  }

  @Test
  void aNameCountsWhereverItIs() {
    same(
        "SELECT 1 FROM " + TABLE + " JOIN (SELECT b, d, e FROM g) AS u ON d = 1 ORDER BY C",
        "SELECT 1 FROM (SELECT c FROM f) AS t JOIN (SELECT d FROM g) AS u ON d = 1 ORDER BY C");
    same(
        "SELECT 1 FROM "
            + TABLE
            + " WHERE EXISTS (SELECT * FROM (SELECT d, e FROM g) AS u WHERE"
            + " d = t.a)",
        "SELECT 1 FROM (SELECT a FROM f) AS t WHERE EXISTS (SELECT * FROM (SELECT d FROM g) AS u"
            + " WHERE d = t.a)");
  }

  @Test
  void aStarKeepsAllThatItStandsFor() {
    stays("SELECT * FROM " + TABLE + " WHERE a = 1");
    stays("SELECT t.* FROM " + TABLE + " JOIN (SELECT d FROM g) AS u ON a = 1");
    stays("SELECT 1 FROM (SELECT 1 FROM h) AS v WHERE 1 IN (SELECT * FROM " + TABLE + ")");
  }

  @Test
  void tablesBelowEachOtherKeepTheSamePlaces() {
    same(
        "SELECT a FROM (SELECT a, b, c FROM f UNION ALL SELECT x, NULL AS y, z FROM g) AS t",
        "SELECT a FROM (SELECT a FROM f UNION ALL SELECT x FROM g) AS t");
    stays("SELECT a FROM (SELECT a, b FROM f UNION SELECT x, y FROM g) AS t");
  }

  /** Fewer columns may be fewer rows, and what is worked out may be more rows. */
  @Test
  void whatDecidesOnRowsStays() {
    stays("SELECT 1 FROM (SELECT DISTINCT a, b FROM f) AS t");
    stays("SELECT 1 FROM (SELECT a, ROWS_OF(b) AS b FROM f) AS t WHERE a = 1");
    stays("SELECT 1 FROM (SELECT a, b FROM f ORDER BY 2 FETCH NEXT 1 ROWS ONLY) AS t");
    stays("SELECT p FROM (SELECT a, b FROM f) AS t (p, q)");
    stays("SELECT (SELECT a FROM f) AS x FROM (SELECT 1 FROM h) AS t");
  }

  private static void stays(String statement) {
    same(statement, statement);
  }

  private static void same(String statement, String left) {
    SqlNode node = parsed(statement);
    UnnamedColumns.leaveOut(node);
    assertThat(node).hasToString(parsed(left).toString());
  }

  private static SqlNode parsed(String statement) {
    try {
      return SqlParser.create(statement).parseQuery();
    } catch (SqlParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
