package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Failure;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A constant means the same as a parameter, whatever it is compared with. */
class LiftedConditionsTest {
  /** Of all expressions one in so many is tried: each is planned and run twice. */
  private static final int EACH = 5;

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
  void inAQuery() throws IOException {
    List<String> queries = new ArrayList<>(Comparison.lines("queries"));
    queries.removeIf(line -> !line.matches("(?is)(select|with) .*(where|on|having) .*"));
    assertThat(same(queries)).isGreaterThan(10);
  }

  @Test
  void asTheOtherSideOfAnExpression() throws IOException {
    List<String> queries = new ArrayList<>();
    int number = 0;
    for (String file : List.of("numbers", "text", "moments")) {
      for (String line : Comparison.lines(file)) {
        if (!line.matches("[!?=] .*") && ++number % EACH == 0) {
          for (String other : List.of("7", "'Hallo wereld'", "DATE '2024-02-29'")) {
            queries.add("select id from t where (" + line + ") >= " + other + " order by id");
          }
        }
      }
    }
    assertThat(same(queries)).isGreaterThan(10);
  }

  /** How many of the queries had constants that were lifted. */
  private static int same(List<String> queries) {
    SoftAssertions softly = new SoftAssertions();
    int lifted = 0;
    for (String query : queries) {
      try {
        Bound<Plan> shared = roads.shared(new Planner(), query);
        if (!shared.values().isEmpty()) {
          lifted++;
          softly.assertThatCode(() -> same(query, shared)).as(query).doesNotThrowAnyException();
        }
      } catch (Failure refused) {
        softly.assertThatThrownBy(() -> roads.plan(query)).as(query).isInstanceOf(Failure.class);
      }
    }
    softly.assertAll();
    return lifted;
  }

  private static void same(String query, Bound<Plan> shared) throws SQLException {
    Outcome own;
    try {
      own = roads.ours(query);
    } catch (SQLException value) {
      assertThatThrownBy(() -> roads.run(shared)).isInstanceOf(SQLException.class);
      return;
    }
    assertThat(roads.run(shared)).isEqualTo(own);
  }
}
