package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NastyStatementsTest {
  private static final int STATEMENTS = 50;

  /** Processor time, since other programs may use the machine; here none took a second. */
  private static final long MOST_SECONDS = 20;

  private static final int LONGEST_SQL = 2_000_000;
  private static Roads roads;

  @BeforeAll
  static void open() throws SQLException {
    roads = Roads.overSample();
    roads.plan("select id from t where id in (select i from t) group by id order by 1");
  }

  @AfterAll
  static void close() throws SQLException {
    roads.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 5, 11})
  void plansOrRefusesWhateverGrowsSoon(long seed) {
    NastyStatements statements = new NastyStatements(seed);
    for (int i = 0; i < STATEMENTS; i++) {
      String text = statements.next();
      long before = processorTime();
      String outcome = outcome(text);
      assertThat((processorTime() - before) / 1_000_000_000)
          .as("%s: %s", outcome, text)
          .isLessThan(MOST_SECONDS);
    }
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String outcome(String text) {
    try {
      Plan plan = Planner.guarded(() -> roads.plan(text));
      assertThat(plan.sql().length()).as(text).isLessThan(LONGEST_SQL);
      return "planned";
    } catch (Failure failure) {
      assertThat(failure.code().kind()).as(text).isEqualTo(Kind.USER);
      return failure.code().id();
    }
  }
}
