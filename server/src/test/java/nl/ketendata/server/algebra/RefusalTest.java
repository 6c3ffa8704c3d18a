package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static Roads roads;

  @BeforeAll
  static void open() throws SQLException {
    roads = Roads.overSample();
  }

  @AfterAll
  static void close() throws SQLException {
    roads.close();
  }

  private static void refused(String text, Code... codes) {
    Assertions.assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> Planner.guarded(() -> roads.plan(text)))
                .as(shortened(text))
                .isInstanceOfSatisfying(
                    Failure.class,
                    failure ->
                        assertThat(failure.code())
                            .as(failure.getMessage())
                            .isIn((Object[]) codes)));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(60, text.length()));
  }

  private static String nested(String before, String inside, String after, int times) {
    return before.repeat(times) + inside + after.repeat(times);
  }

  private static String chain(String first, String next, String last) {
    int room = 32 * 1024 - first.length() - last.length();
    return first + next.repeat(room / next.length()) + last;
  }

  @Test
  void refusesWhatIsTooDeep() {
    refused("select " + nested("(", "1", ")", 1000), Code.TOO_DEEP);
    refused("select 1 as \"a'b\", " + nested("(", "1", ")", 300), Code.TOO_DEEP);
    refused("select 1 /* ' */ + " + nested("(", "1", ")", 300), Code.TOO_DEEP);
    refused("select 1 -- '\n + " + nested("(", "1", ")", 300), Code.TOO_DEEP);
    refused(chain("select id from t where i = 0", " or i = 1", ""), Code.TOO_DEEP);
    refused(chain("select id", " + i", " from t"), Code.TOO_DEEP);
    refused(chain("select s", " || s", " from t"), Code.TOO_DEEP);
    refused(chain("select id from t where ", "not ", "b"), Code.TOO_DEEP);
    refused("select " + nested("case when b then ", "1", " end", 1000) + " from t", Code.TOO_DEEP);
  }

  @Test
  void refusesWhatWouldGrow() {
    Map<String, String> growing = new LinkedHashMap<>();
    growing.put("coalesce(", ", 1)");
    growing.put("nullif(", ", 1)");
    growing.put("ceil(", " to month)");
    growing.put("substring(s, char_length(", "))");
    growing.put("left(s, char_length(", "))");
    growing.put("cast(cast(", " as varchar) as boolean)");
    growing.put("case when ", " in (1, 2, 3, 4) then 1 else 2 end");
    growing.put("case ", " when 1 then 2 when 3 then 4 else 5 end");
    growing.put("case when ", " between symmetric 1 and 5 then 1 else 2 end");
    growing.forEach(
        (before, after) ->
            refused("select " + nested(before, "i", after, 45) + " from t", Code.TOO_LARGE));
  }

  @Test
  void countsACommonTableWhereverItIsUsed() {
    StringBuilder joins = new StringBuilder("with q0 as (select id from t)");
    StringBuilder unions = new StringBuilder("with q0 as (select id from t)");
    for (int i = 1; i < 25; i++) {
      joins.append(String.format(", q%d as (select a.id from q%d a, q%d b)", i, i - 1, i - 1));
      unions.append(
          String.format(", q%d as (select id from q%d union select id from q%d)", i, i - 1, i - 1));
    }
    refused(joins + " select * from q24", Code.TOO_LARGE);
    refused(unions + " select * from q24", Code.TOO_LARGE);
  }

  @Test
  void refusesWhatIsTooLarge() {
    refused("select 1 " + " ".repeat(32 * 1024), Code.TOO_LARGE);
    refused("select 1" + " union select 1".repeat(17), Code.TOO_LARGE);
    refused("select a.id from t a" + ", t".repeat(31), Code.TOO_LARGE);
    refused(
        "select count(*) from t group by cube(id, i, j, l, d, e, x, s, p, n, dt, du, ts)",
        Code.TOO_LARGE);
  }

  @Test
  void refusesWhatGivesTooManyColumnsOrGroups() {
    refused("select *" + ", t.*".repeat(60) + " from t", Code.TOO_LARGE);
    String wide = "t";
    for (int i = 0; i < 8; i++) {
      wide = "(select a.*, a.* from " + wide + " a)";
    }
    refused("select * from " + wide + " a", Code.TOO_LARGE);
    refused(
        "select count(*) from t group by rollup(id, i, j, l, d, e, x, s), rollup(p, n, dt, du, ts,"
            + " tu), cube(tm, b, g, i, j)",
        Code.TOO_LARGE);
    refused(chain("select id from t where s like 'a'", " and s like 'a'", ""), Code.TOO_LARGE);
  }

  @Test
  void refusesTextsThatWouldFillTheMemory() throws SQLException {
    String a = "lpad('', 1000, 'a')";
    refused("select " + nested("replace(", a, ", 'a', " + a + ")", 3) + " from t", Code.TOO_LARGE);
    refused(
        "select " + nested("replace(", "'aaaaaaaaaa'", ", 'a', 'aaaaaaaaaa')", 9) + " from t",
        Code.TOO_LARGE);
    refused(
        "select count(*) from t where char_length("
            + nested("regexp_replace(", "s", ", 'a', 'aaaaaaaaaaaaaaaaaaaa')", 6)
            + ") > 1",
        Code.TOO_LARGE);
    refused(
        "with q as (select replace("
            + a
            + ", 'a', "
            + a
            + ") as w from t), r as (select replace(w,"
            + " 'a', "
            + a
            + ") as w from q) select max(w) from r",
        Code.TOO_LARGE);
    refused(
        "select id from t order by (select replace(replace(x, 'a', x), 'a', x) from (select"
            + " lpad(s, 1000, 'a') as x from t) q limit 1)",
        Code.TOO_LARGE);
    refused(
        "with recursive r(n, w) as (select 1, 'a' union all select n + 1, replace(w, 'a', w) from r"
            + " where n < 40) select max(w) from r",
        Code.TOO_LARGE);
    assertThat(
            roads.ours("select replace(replace(s, 'a', 'bb'), 'b', '') from t where id = 5").rows())
        .containsExactly("cc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select n + 1 from r where exists (select 1 from r)",
        "select n + 1 from r where n in (select n from r)",
        "select a.n + 1 from r a join r b on a.n = b.n",
        "select n + 1 from (select n from r union all select n from r) x",
        "select cast(count(*) as integer) from r",
        "select distinct n + 1 from r",
        "select t.i from t left join r on t.i = r.n"
      })
  void refusesAStepThatIsNoStepFromRowsToRows(String step) {
    refused(
        "with recursive r(n) as (select 1 union all " + step + ") select count(*) from r",
        Code.RECURSION);
  }

  @Test
  void refusesCastsThatMeanNothing() {
    for (String cast :
        List.of(
            "cast(i as timestamp)",
            "cast(i as date)",
            "cast(i as time)",
            "cast(ts as integer)",
            "cast(tm as timestamp)",
            "cast(b as date)")) {
      refused("select " + cast + " from t", Code.NO_CAST);
    }
  }

  @Test
  void refusesPatternsThatAreNone() {
    for (String condition :
        List.of(
            "s similar to '(a'",
            "s similar to 'a)'",
            "s similar to '[a'",
            "regexp_replace(s, '(', '') = ''",
            "regexp_replace(s, '[z-a]', '') = ''")) {
      refused("select id from t where " + condition, Code.INVALID_QUESTION);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
        "with recursive r(n) as (select 1 union select n + 1 from r) select count(*) from r",
        "with recursive r(n, w) as (select 1, 'a' union select n + 1, w || 'b' from r) select"
            + " max(n) from r where n < 3",
        "with recursive r(n) as (select t.id from t union select r.n + 10 from r join t on true)"
            + " select max(n) from r"
      })
  void endsARecursionThatDoesNotEnd(String endless) {
    assertThatThrownBy(() -> roads.ours(endless))
        .hasMessageContaining(Code.RECURSION_DEPTH.id() + " " + Recursion.MOST_STEPS);
  }

  @Test
  void endsARecursionWhoseTextsGrow() {
    for (String union : List.of("union all", "union")) {
      assertThatThrownBy(
              () ->
                  roads.ours(
                      "with recursive r(n, w) as (select 1, 'a' "
                          + union
                          + " select n + 1, w || w from r where n < 40) select max(w) from r"))
          .hasMessageContaining(Code.RECURSION_TEXT.id());
    }
  }

  @Test
  void takesLongListsAndMuchText() throws SQLException {
    String list = chain("select id from t where i in (7", ", 123456", ") order by id");
    assertThat(roads.ours(list).rows()).containsExactly("1", "3");
    String without = chain("select id from t where i not in (7", ", -7", ") order by id");
    assertThat(roads.ours(without).rows()).containsExactly("5", "7", "8");
    String values = chain("select count(*) from (values (1)", ", (1)", ") as v(n)");
    assertThat(roads.ours(values).rows()).hasSize(1);
    assertThat(roads.ours("select 1 as \"" + "(".repeat(250) + "\" /* ((( */ -- (((").rows())
        .containsExactly("1");
    assertThat(roads.ours("select '" + "(".repeat(250) + "'").rows()).hasSize(1);
  }

  @Test
  void refusesToWriteWhateverStandsBefore() {
    for (String before : new String[] {"", " ", "-- x\n", "/* a\n b */", "(", "--\n/**/\n"}) {
      for (String word : new String[] {"delete from t", "DROP table t", "set x = 1", "pragma y"}) {
        refused(before + word, Code.READ_ONLY);
      }
    }
    refused("with q as (select 1) delete from t", Code.SYNTAX, Code.READ_ONLY);
    refused("explain plan for insert into t values (1)", Code.SYNTAX, Code.READ_ONLY);
    refused("describe t", Code.OTHER_WAY);
    refused("show tables", Code.OTHER_WAY);
    for (String other :
        List.of("use GM9030", "set search_path = ijw", "summarize t", "from t", "exec sp_help t")) {
      refused(other, Code.OTHER_WAY);
    }
    refused("select 1 from dual", Code.OTHER_WAY);
    refused("select id into #x from t", Code.READ_ONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';' as x;",
        "select ';' as x;;",
        "select ';' as x ; -- ready; set",
        "select ';' as x /* ; */ ; /* it's; */ ;\n",
        "select ';' as x -- it's; this"
      })
  void endsAtTheLastWord(String text) throws SQLException {
    assertThat(roads.ours(text).rows()).containsExactly(";");
  }

  @Test
  void namesTheWordThatBeginsNoQuery() {
    assertThatThrownBy(() -> roads.plan("blah x")).hasMessageContaining("\"blah\"");
  }

  @Test
  void tellsWhereTextCannotBeRead() {
    assertThatThrownBy(() -> roads.plan("select id\nfrom t whre i = 1"))
        .hasMessageContaining("regel 2");
    refused("select id from t where i = ", Code.SYNTAX);
    refused("select 'a\0b'", Code.SYNTAX);
    refused("", Code.SYNTAX);
    refused("   ;", Code.SYNTAX);
    refused("select 1; select 2", Code.SYNTAX);
  }

  @Test
  void tellsThePlaceInTheTextAsItWasSent() {
    for (String[] one :
        new String[][] {
          {"select top 5 [id],\n  [zoek] from t where i i", "2", "25"},
          {"explain select id,\n i from t group by id", "2", "2"},
          {"  select id\nfrom t a join t c on a.id = c.id", "1", "10"},
          {"select cast(i as nvarchar(10)), i + b from t", "1", "33"},
          {"select lag(i ignore nulls) over (order by id), count(*)\nfrom t where i", "2", "14"},
        }) {
      assertThatThrownBy(() -> roads.plan(one[0]))
          .as(one[0])
          .isInstanceOf(Failure.class)
          .message()
          .containsIgnoringCase("regel " + one[1] + ", kolom " + one[2]);
      assertThat(english(one[0])).containsIgnoringCase("line " + one[1] + ", column " + one[2]);
    }
    refused("select id, count(*) from t", Code.NOT_GROUPED);
    refused("select id from t a join t c on a.id = c.id", Code.AMBIGUOUS);
    refused("select id from t where i", Code.NO_CONDITION);
    refused("select i + b from t", Code.WRONG_OPERANDS);
    refused("select mod(i) from t", Code.WRONG_AT);
  }

  private static String english(String text) {
    try {
      return roads.plan(text).sql();
    } catch (Failure failure) {
      return failure.message(java.util.Locale.ENGLISH);
    }
  }

  @Test
  void refusesNamesThatDoNotExist() {
    refused("select zoek from t", Code.UNKNOWN_COLUMN);
    refused("select id from zoek", Code.UNKNOWN_TABLE);
    refused("select zoek(id) from t", Code.NOT_SUPPORTED);
    refused("select id from t order by zoek", Code.UNKNOWN_COLUMN);
    refused("select a.zoek from t a", Code.UNKNOWN_COLUMN);
    refused("select zoek.id from t", Code.UNKNOWN_TABLE);
    refused("select zoek.* from t", Code.UNKNOWN_TABLE);
    refused("select id, \"zo ek\" . * from t", Code.UNKNOWN_TABLE);
    refused("select cast(id as zoek) from t", Code.NOT_SUPPORTED);
  }

  /** It is how Calcite writes a sub-query of one row, and the engine does not know it. */
  @Test
  void refusesWhatOnlyTheInsideKnows() {
    refused("select single_value(id) from t", Code.NOT_SUPPORTED);
  }

  @Test
  void plansAnEqualQuestionOnce() {
    int[] planned = {0};
    Planner planner = new Planner();
    for (String version : new String[] {"1", "1", "2", "1"}) {
      planner.kept(
          version,
          "select 1",
          Plan.class,
          () -> {
            planned[0]++;
            return roads.plan("select 1");
          });
    }
    assertThat(planned[0]).isEqualTo(2);
  }
}
