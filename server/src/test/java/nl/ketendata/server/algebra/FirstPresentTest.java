package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirstPresentTest {
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
  void coalesceIsWrittenAsSuch() {
    assertThat(sql("coalesce(i, 0)")).contains("COALESCE(").doesNotContain("CASE");
    assertThat(sql("coalesce(i, d, j, 0)")).contains("COALESCE(").doesNotContain("CASE");
  }

  @Test
  void anotherCaseIsNot() {
    assertThat(sql("case when i is not null then j else i end")).doesNotContain("COALESCE(");
    assertThat(sql("case when i is null then i else j end")).doesNotContain("COALESCE(");
    assertThat(sql("case when i is not null then i when b then 1 else j end"))
        .doesNotContain("COALESCE(");
    assertThat(sql("case when i is not null then -i else j end")).doesNotContain("COALESCE(");
  }

  private static String sql(String expression) {
    return roads.plan("select id, " + expression + " from t").sql();
  }
}
