package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an analist-beperkt gets. Sender A has messages of six clients, B of four, C eight messages
 * of one client; D has five without a client.
 */
class SmallGroupsTest {
  private static final Caller CALLER =
      new Caller(
          "piet", Map.of("GM9030", Organisation.of(new Gemeente("9030"))), Role.ANALIST_BEPERKT);
  private static final Scope SCOPE = new Scope("GM9030", Product.IJW);

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    StringBuilder messages =
        new StringBuilder("Bericht_Id,Header_Ontvanger,Client_Bsn,Client_Naam_Voornamen\n");
    StringBuilder products =
        new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Omvang_Volume,Product_Code\n");
    rows(messages, products, "A", 6, true);
    rows(messages, products, "B", 4, true);
    rows(messages, products, "C", 8, false);
    for (int i = 0; i < 5; i++) {
      messages.append("mD%d,D,,Jan\n".formatted(i));
    }
    server.take(
        "GM9030",
        "Ketendata-IJW-Testdorp-20240107060000.zip",
        Map.of(
            "JW301.csv", messages.toString(), "JW301_ToegewezenProduct.csv", products.toString()));
  }

  private static void rows(
      StringBuilder messages, StringBuilder products, String sender, int count, boolean clients) {
    for (int i = 0; i < count; i++) {
      String client = "h" + sender + (clients ? i : 0);
      messages.append("m%s%d,%s,%s,Jan\n".formatted(sender, i, sender, client));
      for (int j = 0; j < 3; j++) {
        products.append("p%s%d%d,m%s%d,%d,4%s\n".formatted(sender, i, j, sender, i, i + 1, sender));
      }
    }
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static List<String> sql(String text) {
    return server.sql(CALLER, text);
  }

  @Test
  void leavesOutGroupsOfFewPeopleHoweverManyRowsTheyHave() {
    assertThat(sql("select Header_Ontvanger, count(*) from JW301 group by 1 order by 1"))
        .containsExactly("A|6", "D|5");
    assertThat(sql("select distinct Header_Ontvanger from JW301 order by 1"))
        .containsExactly("A", "D");
    assertThat(sql("select Client_Bsn, count(*) from JW301 group by 1")).containsExactly("-|5");
    assertThat(sql("select count(*), count(distinct Client_Bsn) from JW301"))
        .containsExactly("23|11");
  }

  /** Else one question for each guess tells what a single row holds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(Header_Ontvanger as integer) = 1",
        "case when Bericht_Id = 'mA0' then cast(Bericht_Id as integer) else 1 end = 1",
        "case when Bericht_Id = 'mA0' then cast(Bericht_Id as date) end is null",
        "case when Bericht_Id = 'mA0' then Levering_Nummer * 9223372036854775807 * 10 end is null",
        "case when Bericht_Id = 'mA0' then to_date(Bericht_Id, 'YYYY-MM-DD') end is null",
        "case when Bericht_Id = 'mA0' then sqrt(-1.0 * Levering_Nummer) end is null",
        "case when Bericht_Id = 'mA0' then make_date(99999, 1, cast(Levering_Nummer as integer))"
            + " end is null",
        "exists (select 1 from (values (1)) v(n) where v.n = 1 and"
            + " cast(JW301.Bericht_Id as integer) = 1) or true"
      })
  void noValueEndsTheQuestion(String condition) {
    assertThat(sql("select count(*) from JW301 where " + condition)).hasSizeLessThan(2);
    assertThat(
            sql(
                "select count(*), count(case when "
                    + condition.replaceFirst("^exists.*", "true")
                    + " then 1 end) from JW301"))
        .hasSize(1);
  }

  @Test
  void aRowDoesNotChooseHowManyASubQueryGives() {
    assertThatThrownBy(
            () ->
                sql(
                    "select count(*) from JW301 where (select n from (values (1), (2)) v(n) where"
                        + " v.n = 1 or JW301.Bericht_Id = 'mA0') = 1"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.OTHER_WAY));
    assertThat(
            sql(
                "select count(*) from JW301 where (select max(n) from (values (1), (2)) v(n) where"
                    + " v.n = 1 or JW301.Header_Ontvanger = 'A') = 1"))
        .containsExactly("17");
  }

  @Test
  void noValueEndsATotal() {
    assertThat(sql("select sum(cast(Header_Ontvanger as integer)), count(*) from JW301"))
        .containsExactly("-|23");
    assertThat(
            sql(
                "select sum(case when Bericht_Id in ('mA0', 'mA1') then 9e37 * Levering_Nummer"
                    + " end), sum(case when Bericht_Id in ('mA0', 'mA1') then cast(9e37 as"
                    + " decimal(38, 0)) end), count(*) from JW301"))
        .hasSize(1);
    assertThat(
            sql(
                "select Header_Ontvanger, sum(Levering_Nummer * 2), avg(Levering_Nummer + 1) from"
                    + " JW301 group by 1 order by 1"))
        .containsExactly("A|12|2.0", "D|10|2.0");
    assertThat(
            sql(
                "select count(*) from JW301 m join JW301_ToegewezenProduct p on m.Bericht_Id ="
                    + " p.Bericht_Id and cast(m.Bericht_Id as integer) > 0"))
        .isEmpty();
    Caller analyst = new Caller("jan", CALLER.organisations(), Role.ANALIST);
    assertThatThrownBy(
            () ->
                server.sql(
                    analyst, "select count(*) from JW301 where cast(Bericht_Id as integer) = 1"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.DATA_VALUE));
  }

  @Test
  void joinsAndCopiesMakeNoGroupLarger() {
    String copies = "(values 1, 2, 3, 4, 5, 6, 7) v(n)";
    assertThat(sql("select Header_Ontvanger from JW301, " + copies + " group by 1 order by 1"))
        .containsExactly("A", "D");
    assertThat(
            sql(
                "select Client_Bsn from (select Client_Bsn from JW301 union all"
                    + " select Client_Bsn from JW301 union all select Client_Bsn from JW301"
                    + " union all select Client_Bsn from JW301 union all select Client_Bsn from"
                    + " JW301) q group by 1"))
        .containsExactly("-");
    assertThat(
            sql(
                "select m.Bericht_Id from JW301 m cross join JW301_ToegewezenProduct p"
                    + " group by 1"))
        .isEmpty();
    assertThat(
            sql(
                "select m.Header_Ontvanger, count(*) from JW301 m join JW301_ToegewezenProduct p"
                    + " on m.Bericht_Id = p.Bericht_Id group by 1 order by 1"))
        .containsExactly("A|18");
    assertThat(
            sql(
                "select m.Header_Ontvanger, count(p.Omvang_Volume) from JW301 m left join"
                    + " JW301_ToegewezenProduct p on m.Bericht_Id = p.Bericht_Id group by 1"
                    + " order by 1"))
        .containsExactly("A|18", "D|0");
  }

  @Test
  void aValueOfFewPeopleInALargeGroupIsLeftOut() {
    assertThat(
            sql(
                "select count(*), count(*) filter (where Header_Ontvanger = 'B'),"
                    + " count(case when Header_Ontvanger = 'A' then 1 end),"
                    + " count(case when Bericht_Id = 'mA0' then 1 end) from JW301"))
        .containsExactly("23|-|6|-");
    assertThat(
            sql(
                "select sum(case when p.Bericht_Id = 'mA3' then Omvang_Volume end),"
                    + " sum(Omvang_Volume), avg(Omvang_Volume), max(Omvang_Volume)"
                    + " from JW301_ToegewezenProduct p"))
        .containsExactly("-|201|3.7222222222222223|8");
  }

  @Test
  void groupsOfGroupsAndSubtotalsHold() {
    assertThat(
            sql(
                "select count(*), sum(n) from (select Header_Ontvanger, count(*) n from JW301"
                    + " group by 1) q"))
        .containsExactly("2|11");
    assertThat(
            sql(
                "select Header_Ontvanger, count(*) from JW301 group by rollup(Header_Ontvanger)"
                    + " order by 1 nulls last"))
        .containsExactly("A|6", "D|5", "-|23");
    assertThat(
            sql(
                "select Header_Ontvanger, (select count(*) from JW301) as n from JW301 group by 1"
                    + " order by 1"))
        .containsExactly("A|23", "D|23");
  }

  @Test
  void aCalendarMayBeCounted() {
    assertThat(
            sql(
                "with recursive r(n) as (select 1 union all select n + 1 from r where n < 3) select"
                    + " r.n, (select count(*) from JW301) from r order by 1"))
        .containsExactly("1|23", "2|23", "3|23");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from JW301",
        "select Header_Ontvanger from JW301 limit 3",
        "select 1 from JW301",
        "select count(*) over () from JW301",
        "select count(*) from JW301 m where exists (select 1 from JW301 q where q.Bericht_Id ="
            + " 'mB0')",
        "select 1 from (values 1) v(a) where exists (select 1 from JW301 where Bericht_Id = 'mB0')",
        "select (select max(Levering_Nummer) from JW301 where Bericht_Id = 'x' and Bericht_Id in"
            + " (select Bericht_Id from JW301)) from (values 1) v(a)",
        "select * from (select Header_Ontvanger, count(*) n from JW301 group by 1) q join JW301 m"
            + " on q.Header_Ontvanger = m.Header_Ontvanger",
        "select count(*) from (select * from JW301 order by Bericht_Id limit 6) q",
        "select count(*) from (select Bericht_Id, row_number() over (order by Bericht_Id) n from"
            + " JW301) q where n = 1",
        "select avg(f) from (select first_value(Levering_Nummer) over (order by Bericht_Id) f from"
            + " JW301) q",
        "select count(*) from (select Bericht_Id from JW301 union select Bericht_Id from JW301) q",
        "select Bericht_Id from JW301 intersect select Bericht_Id from JW301_ToegewezenProduct",
        "select count(*) from JW301 m, lateral (select p.Bericht_Id from JW301_ToegewezenProduct p"
            + " where p.Bericht_Id = m.Bericht_Id) l",
        "with q as (select * from JW301) select * from q",
        "with recursive r(b) as (select Bericht_Id from JW301 union all select b from r where"
            + " false) select count(*) from r",
        "with recursive r(n) as (select 1 union all select r.n + 1 from r join JW301 m on r.n < 3)"
            + " select count(*) from r",
        "select Header_Ontvanger, count(*) from JW301 group by 1 union all select Header_Ontvanger,"
            + " 1 from JW301",
      })
  void givesNoRows(String text) {
    refuses(Code.GROUPS_ONLY, () -> sql(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select max(Client_Bsn) from JW301",
        "select min(Bericht_Id) from JW301",
        "select listagg(Bericht_Id, ',') from JW301",
        "select any_value(Levering_Nummer) from JW301",
      })
  void givesNoValuesOfOneRow(String text) {
    assertThatThrownBy(() -> sql(text))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isIn(Code.GROUP_FUNCTION, Code.NOT_SUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Client_Naam_Voornamen", // direct
        "Client_Commentaar", // vrije_tekst
        "Client_Geboortedatum_Datum", // quasi
      })
  void columnsThatPointAtAPersonAreNotThere(String column) {
    refuses(Code.UNKNOWN_COLUMN, () -> sql("select count(" + column + ") from JW301"));
    refuses(
        Code.UNKNOWN_COLUMN, () -> sql("select count(*) from JW301 where " + column + " = 'Jan'"));
    refuses(
        Code.UNKNOWN_COLUMN,
        () ->
            sql(
                "select count(*) from JW301 where Header_Ontvanger in (select "
                    + column
                    + " from JW301 group by 1)"));
    Mounted mounted = server.door().mounted(CALLER, SCOPE);
    assertThat(mounted.table("JW301").orElseThrow().column(column)).isEmpty();
    refuses(
        Code.UNKNOWN_COLUMN,
        () ->
            server
                .door()
                .count(CALLER, mounted, new CountQuestion("JW301", Optional.of(equal(column)))));
  }

  @Test
  void countsLargeSetsAndRefusesRowsAndSmallOnes() {
    Mounted mounted = server.door().mounted(CALLER, SCOPE);
    assertThat(server.door().count(CALLER, mounted, new CountQuestion("JW301", Optional.empty())))
        .isEqualTo(23);
    refuses(
        Code.SMALL_GROUP,
        () ->
            server
                .door()
                .count(
                    CALLER,
                    mounted,
                    new CountQuestion("JW301", Optional.of(equal("Header_Ontvanger")))));
    refuses(Code.GROUPS_ONLY, () -> server.door().rows(CALLER, mounted, rows()).close());
  }

  @Test
  void theOwnersOfTheDataSeeAllOfIt() {
    Caller analyst = TestServer.caller("GM9030");
    assertThat(server.sql(analyst, "select count(*) from JW301 where Header_Ontvanger = 'B'"))
        .containsExactly("4");
    assertThat(server.sql(analyst, "select max(Client_Naam_Voornamen) from JW301"))
        .containsExactly("Jan");
  }

  @Test
  void whoOnlyHandsInReadsNothing() {
    Caller supplier = new Caller("x", CALLER.organisations(), Role.LEVERANCIER);
    refuses(Code.NOT_ALLOWED, () -> server.door().mounted(supplier, SCOPE));
    refuses(Code.NOT_ALLOWED, () -> server.sql(supplier, "select 1"));
    assertThat(server.door().scopes(supplier)).isEmpty();
  }

  private static Expression equal(String column) {
    return Expression.Call.of(
        Function.EQ,
        new Expression.ColumnOf(Expression.IT, List.of(), column),
        Expression.Constant.of("B"));
  }

  private static RowsQuestion rows() {
    return new RowsQuestion(
        "JW301",
        List.of("Header_Ontvanger"),
        Optional.empty(),
        List.of(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
