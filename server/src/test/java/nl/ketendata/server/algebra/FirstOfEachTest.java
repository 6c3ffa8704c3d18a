package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first row of each part is found by looking for it, not by sorting. */
class FirstOfEachTest {
  private static Roads roads;

  @BeforeAll
  static void open() throws SQLException {
    roads = Roads.overSample();
  }

  @AfterAll
  static void close() throws SQLException {
    roads.close();
  }

  @Test
  void newestByOneOrSeveralKeysIsNotSorted() throws SQLException {
    assertThat(steps("order by dt desc", "= 1")).contains("arg_max").doesNotContain("Window");
    assertThat(steps("order by dt desc, tm desc", "= 1")).doesNotContain("Window");
    assertThat(steps("order by dt, tm", "<= 3")).doesNotContain("Window");
  }

  @Test
  void soIsQualify() throws SQLException {
    String sql = "select id, s from t qualify row_number() over (partition by b order by %s) = 1";
    for (String order : List.of("dt desc", "dt", "dt desc, tm desc")) {
      String plan = roads.plan(sql.formatted(order)).sql();
      assertThat(roads.engine("explain " + plan)).contains("arg_m").doesNotContain("Window");
    }
  }

  /** There nulls would be elsewhere, or the numbers others. */
  @Test
  void otherOrdersStayAsTheyAre() {
    assertThat(sql("order by dt desc nulls last", "= 1")).doesNotContain("ROW(", "row(");
    assertThat(sql("order by dt nulls first", "= 1")).doesNotContain("ROW(", "row(");
    assertThat(sql("order by dt desc, tm", "= 1")).doesNotContain("ROW(", "row(");
    assertThat(sql("order by dt desc", "> 1")).doesNotContain("ROW(", "row(");
  }

  private static String steps(String order, String asked) throws SQLException {
    return roads.engine("explain " + sql(order, asked));
  }

  private static String sql(String order, String asked) {
    return roads
        .plan(
            "select id, s from (select id, s, row_number() over (partition by b "
                + order
                + ") as r from t) q where r "
                + asked)
        .sql();
  }
}
