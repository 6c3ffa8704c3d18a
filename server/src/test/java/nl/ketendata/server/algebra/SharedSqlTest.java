package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that differ in what they compare with share a plan, and get answers of their own. */
class SharedSqlTest {
  private static Roads roads;
  private final Planner plans = new Planner();

  @BeforeAll
  static void open() throws SQLException {
    roads = Roads.overSample();
  }

  @AfterAll
  static void close() throws SQLException {
    roads.close();
  }

  private Bound<Plan> plan(String sql) {
    return roads.shared(plans, sql);
  }

  private List<String> answer(String sql) throws SQLException {
    return roads.run(plan(sql)).rows();
  }

  @Test
  void anotherNumberTextOrDayIsAnotherValueForTheSamePlan() {
    Bound<Plan> one =
        plan("select id from t where i = 7 and (s <> 'abc' or dt >= date '2024-01-01')");
    Bound<Plan> other =
        plan("select id from t where i = 12 and (s <> 'x''y' or dt >= date '2021-01-03')");
    assertThat(one.values()).containsExactly(7L, "abc", LocalDate.of(2024, 1, 1));
    assertThat(other.values()).containsExactly(12L, "x'y", LocalDate.of(2021, 1, 3));
    assertThat(other.plan()).isSameAs(one.plan());
    assertThat(one.plan().sql()).contains("$1", "$2", "$3").doesNotContain("abc", "2024");
  }

  @Test
  void aColumnIsComparedWithTheValueItself() {
    String sql = "select id from t where l = 7 and s = 'abc' and dt >= date '2024-01-01'";
    assertThat(plan(sql).plan().sql())
        .contains("\"l\" = $1", "\"s\" = $2", "\"dt\" >= $3")
        .doesNotContain("CAST");
  }

  @Test
  void eachGetsItsOwnAnswer() throws SQLException {
    assertThat(answer("select id from t where id = 2")).containsExactly("2");
    assertThat(answer("select id from t where id = 5")).containsExactly("5");
    assertThat(answer("select id from t where l = 9000000000")).containsExactly("3");
    assertThat(answer("select id from t where s = 'abcabc' order by id")).containsExactly("5", "8");
    assertThat(answer("select id from t where s = 'ÉÉN_x'")).containsExactly("3");
    assertThat(answer("select id from t where dt < date '1970-01-01'")).containsExactly("5");
    assertThat(answer("select id from t where dt < date '2021-01-01' order by id"))
        .containsExactly("5", "7");
    assertThat(answer("select count(*) from t where id between 2 and 4")).containsExactly("3");
    assertThat(answer("select count(*) from t where id between 4 and 8")).containsExactly("5");
  }

  @Test
  void conditionsAreEverywhere() throws SQLException {
    String sql =
        "with a as (select j, i from t where id > %s) select b.j, count(*) from a join t b on b.j ="
            + " a.j and b.id < %s where exists (select 1 from t c where c.i = a.i and c.id <> %s)"
            + " group by b.j having count(*) >= %s order by 1";
    Bound<Plan> one = plan(sql.formatted(1, 8, 2, 1));
    Bound<Plan> other = plan(sql.formatted(2, 7, 3, 2));
    assertThat(one.values()).hasSize(4);
    assertThat(other.plan()).isSameAs(one.plan());
    assertThat(roads.run(other).rows())
        .isEqualTo(roads.ours(sql.formatted(2, 7, 3, 2)).rows())
        .isNotEqualTo(roads.run(one).rows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from t order by id limit 3",
        "select id, 7 from t order by 2, 1",
        "select i / 2, count(*) from t group by i / 2",
        "select id from t where s like 'abc%'",
        "select id from t where substring(s, 2, 3) like '_l%'",
        "select date_trunc('month', ts) from t",
        "select id from t where i in (7, 12)",
        "select case when i = 7 then 'a' else 'b' end from t",
        "select id from t where ts > timestamp '2024-01-01 00:00:00'",
        "select id from t where d > 0.5",
        "select id from t where dt > '2024-01-01'",
        "select id from t where i > '5'",
        "select id from t where id = ? and i = 7",
        "select id from t where 1 = 1",
        "select * from (select id, row_number() over (partition by i order by id) r from t) where r"
            + " = 1",
        "with x as (select id, rank() over (order by i) r from t) select id from x where r <= 3",
        "with x(a, n) as (select id, rank() over (order by i) r from t) select a from x where n <="
            + " 3",
        "select a from (select id, rank() over (order by i) from t) as x(a, n) where n <= 3",
        "explain plan for select id from t where id = 7",
        "select \"id\" from t -- where id = 7"
      })
  void whatSaysSomethingOfTheStatementStaysInIt(String sql) {
    assertThat(plan(sql).values()).isEmpty();
    assertThat(plan(sql).plan().lifted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from (select id, row_number() over (partition by b order by id) r from t where"
            + " i <> %d) where r = 1",
        "with x as (select id, i, 1 + rank() over (order by i) r from t) select id from x where R"
            + " <= 3 and i > %d",
        "select id from t where i <> %d qualify row_number() over (partition by b order by id) = 1"
      })
  void whichRowsOfEachPartAreAskedStaysWhileTheOthersAreLifted(String sql) throws SQLException {
    Bound<Plan> one = plan(sql.formatted(7));
    assertThat(one.values()).containsExactly(7L);
    assertThat(plan(sql.formatted(12)).plan()).isSameAs(one.plan());
    assertThat(answer(sql.formatted(7))).isEqualTo(roads.ours(sql.formatted(7)).rows());
  }

  @Test
  void whatIsNotComparedWithIsPartOfThePlan() throws SQLException {
    String sql = "select id, '%s' as x from t where s like '%s' and id > %d order by id limit %d";
    Bound<Plan> one = plan(sql.formatted("x", "abc%", 1, 1));
    assertThat(one.values()).containsExactly(1L);
    assertThat(plan(sql.formatted("x", "abc%", 5, 1)).plan()).isSameAs(one.plan());
    assertThat(answer(sql.formatted("x", "abc%", 5, 1))).containsExactly("8|x");
    assertThat(answer(sql.formatted("y", "abc%", 1, 1))).containsExactly("5|y");
    assertThat(answer(sql.formatted("x", "%x%", 0, 1))).containsExactly("3|x");
    assertThat(answer(sql.formatted("x", "abc%", 1, 2))).containsExactly("5|x", "8|x");
  }

  @Test
  void aTextOfAnotherLengthHasAPlanOfItsOwn() {
    Bound<Plan> one = plan("select id from t where s = 'abc'");
    assertThat(plan("select id from t where s = 'abcd'").plan()).isNotSameAs(one.plan());
    assertThat(plan("select id from t where s = ''").values()).isEmpty();
  }

  @Test
  void spacesAndCommentsAreNoConstants() throws SQLException {
    assertThat(answer("select id from t where /* 5 */ id = 2 -- 3")).containsExactly("2");
    assertThat(answer("select id from t where /* 2 */ id = 3 -- 2")).containsExactly("3");
    assertThat(answer("select id as \"a 2\" from t where id = 2")).containsExactly("2");
  }

  @Test
  void whatWasSpelledAnotherWayKeepsItsPlaces() throws SQLException {
    assertThat(answer("select top 5 [id], i::varchar from t where [id] = 2 and i = -7")).hasSize(1);
    Bound<Plan> bound = plan("select top 5 [id], i::varchar from t where [id] = 3 and s <> 'x'");
    assertThat(bound.values()).containsExactly(3L, "x");
    assertThat(roads.run(bound).rows()).containsExactly("3|7");
  }

  @Test
  void aDayThatIsNoneIsRefusedAsEver() {
    plan("select id from t where dt = date '2024-01-01'");
    assertThatThrownBy(() -> plan("select id from t where dt = date '2024-13-41'"))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> plan("select nix from t where id = 7"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.UNKNOWN_COLUMN));
  }

  @Test
  void thousandsOfConstantsAreLeftAlone() {
    String sql = "select id from t where id = 0" + " or id = 1".repeat(200);
    assertThat(plan(sql).values()).isEmpty();
  }
}
