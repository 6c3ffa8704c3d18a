package nl.ketendata.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumMap;
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

/** Several gemeenten as one set of tables. Both have a message m1: keys are theirs alone. */
class HoofdorganisatieTest {
  private static final Gemeente A = new Gemeente("9030");
  private static final Gemeente B = new Gemeente("9031");
  private static final Gemeente EMPTY = new Gemeente("9032");
  private static final Scope SCOPE = new Scope("REGIO", Product.IJW);

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    for (Gemeente gemeente : List.of(A, B)) {
      String code = gemeente.code();
      server.take(
          gemeente.id(),
          "Ketendata-IJW-G" + code + "-20240107060000.zip",
          Map.of(
              "JW301.csv",
              "Bericht_Id,Header_Afzender\nm1,%s\nm%s,%s\n".formatted(code, code, code),
              "JW301_ToegewezenProduct.csv",
              "ToegewezenProduct_Id,Bericht_Id,Omvang_Volume,Omvang_Eenheid\np1,m1,%s,04\n"
                  .formatted(code)));
    }
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Caller caller(Gemeente... gemeenten) {
    return caller(new Organisation("REGIO", List.of(gemeenten)));
  }

  private static Caller caller(Organisation organisation) {
    return new Caller("rita", Map.of(organisation.id(), organisation), Role.ANALIST);
  }

  @Test
  void showsTheUnionInOneStatement() {
    assertThat(
            server.sql(
                caller(A, B),
                "select Bericht_Id, Levering_Gemeente from REGIO.IJW.JW301 order by 2, 1"))
        .containsExactly("m1|9030", "m9030|9030", "m1|9031", "m9031|9031");
    assertThat(server.sql(caller(A, B), "select count(*) from JW301")).containsExactly("4");
  }

  @Test
  void aCodeHasOneMeaning() {
    String codes = " p join Codelijst_WJ756 c on c.Code = p.Omvang_Eenheid";
    assertThat(
            server.sql(
                caller(A, B),
                "select p.Levering_Gemeente, c.Omschrijving from JW301_ToegewezenProduct"
                    + codes
                    + " order by 1"))
        .containsExactly("9030|Uur", "9031|Uur");
    assertThat(
            server.sql(caller(A, B), "select count(*) from JW301_ToegewezenProduct_Breed" + codes))
        .containsExactly("2");
  }

  @Test
  void navigationsDoNotCross() {
    Mounted mounted = server.door().mounted(caller(A, B), SCOPE);
    RowsQuestion question =
        new RowsQuestion(
            "JW301_ToegewezenProduct",
            List.of("Omvang_Volume"),
            Optional.of(
                Expression.Call.of(
                    Function.EQ,
                    new Expression.ColumnOf(Expression.IT, List.of("JW301"), "Header_Afzender"),
                    Expression.Constant.of("9031"))),
            List.of(),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of());
    try (Answer answer = server.door().rows(caller(A, B), mounted, question)) {
      assertThat(TestServer.texts(answer.rows(), 1)).containsExactly("9031");
    }
  }

  @Test
  void joinsOnADeclaredKeyDoNotCross() {
    for (String join :
        List.of(
            "join JW301_ToegewezenProduct p on p.Bericht_Id = m.Bericht_Id",
            "left join JW301_ToegewezenProduct p on p.Bericht_Id = m.Bericht_Id",
            "join (select Bericht_Id, Levering_Gemeente, Omvang_Volume from"
                + " JW301_ToegewezenProduct) p on p.Bericht_Id = m.Bericht_Id")) {
      assertThat(
              server.sql(
                  caller(A, B),
                  "select m.Header_Afzender, Omvang_Volume from JW301 m "
                      + join
                      + " where m.Bericht_Id = 'm1' order by 1"))
          .as(join)
          .containsExactly("9030|9030", "9031|9031");
    }
  }

  /** Both gemeenten have a message m1 with a product; the volume tells whose it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030)",
        "Bericht_Id in (select distinct Bericht_Id from JW301_ToegewezenProduct"
            + " where Omvang_Volume = 9030)",
        "Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct"
            + " group by Bericht_Id having max(Omvang_Volume) < 9031)",
        "Bericht_Id in (select q.Bericht_Id from JW301_ToegewezenProduct q join JW301 n"
            + " on n.Bericht_Id = q.Bericht_Id where n.Header_Afzender = '9030')",
        "exists (select 1 from JW301_ToegewezenProduct p"
            + " where p.Bericht_Id = m.Bericht_Id and p.Omvang_Volume = 9030)",
        "exists (select 1 from (select Bericht_Id b, Omvang_Volume v from JW301_ToegewezenProduct)"
            + " p where m.Bericht_Id = p.b and p.v = 9030)",
        "(select max(p.Omvang_Volume) from JW301_ToegewezenProduct p"
            + " where p.Bericht_Id = m.Bericht_Id) = 9030",
        "Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030"
            + " order by Omvang_Volume limit 5)",
        "Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030"
            + " union all select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 1)",
        "Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030"
            + " union select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030)",
        "(Bericht_Id, 1) in (select Bericht_Id, 1 from JW301_ToegewezenProduct"
            + " where Omvang_Volume = 9030)",
        "m.Bericht_Id = 'm1' and not exists (select 1 from JW301_ToegewezenProduct p"
            + " where p.Bericht_Id = m.Bericht_Id and p.Omvang_Volume = 9031)",
        "m.Bericht_Id = 'm1' and m.Bericht_Id not in (select Bericht_Id"
            + " from JW301_ToegewezenProduct where Omvang_Volume = 9031)"
      })
  void subQueriesOnAKeyDoNotCross(String condition) {
    assertThat(
            server.sql(
                caller(A, B),
                "select Bericht_Id, Levering_Gemeente from JW301 m where " + condition))
        .containsExactly("m1|9030");
  }

  /** Each gives the messages m1 with the volume of their own product. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301 m, JW301_ToegewezenProduct p where m.Bericht_Id = p.Bericht_Id",
        "JW301 m, JW301_ToegewezenProduct p, JW301 n where p.Bericht_Id = m.Bericht_Id"
            + " and n.Bericht_Id = p.Bericht_Id and m.Bericht_Id = n.Bericht_Id",
        "JW301 m join (select Bericht_Id, Omvang_Volume from JW301_ToegewezenProduct"
            + " order by Omvang_Volume limit 10) p on p.Bericht_Id = m.Bericht_Id",
        "JW301 m join (select Bericht_Id, Omvang_Volume from JW301_ToegewezenProduct union all"
            + " select Bericht_Id, Omvang_Volume from JW301_ToegewezenProduct where"
            + " Omvang_Volume = 1) p on p.Bericht_Id = m.Bericht_Id",
        "JW301 m join (select Levering_Gemeente g, Bericht_Id, Omvang_Volume from"
            + " JW301_ToegewezenProduct union select Levering_Gemeente, Bericht_Id, Omvang_Volume"
            + " from JW301_ToegewezenProduct) p on p.Bericht_Id = m.Bericht_Id",
        "(select Bericht_Id, Header_Afzender from JW301 except select Bericht_Id, 'x' from"
            + " JW301_ToegewezenProduct) m join JW301_ToegewezenProduct p"
            + " on p.Bericht_Id = m.Bericht_Id"
      })
  void whatIsPutTogetherOrCutDoesNotCross(String from) {
    assertThat(
            server.sql(
                caller(A, B),
                "select m.Header_Afzender, p.Omvang_Volume from " + from + " order by 1, 2"))
        .containsExactly("9030|9030", "9031|9031");
  }

  @Test
  void setsCompareWithinAGemeente() {
    String product = "select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume = 9030";
    assertThat(
            server.sql(
                caller(A, B),
                "select count(*) from (select Bericht_Id from JW301 except " + product + ") q"))
        .containsExactly("3");
    assertThat(server.sql(caller(A, B), "select Bericht_Id from JW301 intersect " + product))
        .containsExactly("m1");
    assertThat(
            server.sql(
                caller(A, B),
                "select count(*) from (select Omvang_Eenheid from JW301_ToegewezenProduct"
                    + " intersect select Omvang_Eenheid from JW301_ToegewezenProduct) q"))
        .containsExactly("1");
  }

  @Test
  void refusesWhatItCannotKeepApart() {
    String recursion =
        "with recursive r(b, g) as (select Bericht_Id, Levering_Gemeente from JW301 where"
            + " Bericht_Id = 'm1' union select p.Bericht_Id, p.Levering_Gemeente from"
            + " JW301_ToegewezenProduct p join r on p.Bericht_Id = r.b%s) select count(*) from r";
    refuses(Code.ACROSS_GEMEENTEN, () -> server.sql(caller(A, B), recursion.formatted("")));
    assertThat(server.sql(caller(A, B), recursion.formatted(" and p.Levering_Gemeente = r.g")))
        .containsExactly("2");
    assertThat(server.sql(caller(A), recursion.formatted("").replace("_Gemeente", "_Nummer")))
        .containsExactly("1");
    for (String condition :
        List.of(
            "Bericht_Id in (with recursive r(b) as (select Bericht_Id from JW301 union select b"
                + " from r) select b from r)",
            "Bericht_Id = (select Bericht_Id from JW301_ToegewezenProduct where Omvang_Volume ="
                + " 9030)")) {
      refuses(
          Code.ACROSS_GEMEENTEN,
          () -> server.sql(caller(A, B), "select count(*) from JW301 where " + condition));
    }
  }

  @Test
  void totalsThatAreJoinedOnAKeyDoNotCross() {
    String totals =
        "select m.Header_Afzender, t.n, t.v from JW301 m %s join (select Bericht_Id, count(*) n,"
            + " sum(Omvang_Volume) v from JW301_ToegewezenProduct group by Bericht_Id) t"
            + " on t.Bericht_Id = m.Bericht_Id where m.Bericht_Id %s 'm1' order by 1";
    assertThat(server.sql(caller(A, B), totals.formatted("", "=")))
        .containsExactly("9030|1|9030", "9031|1|9031");
    assertThat(server.sql(caller(A, B), totals.formatted("left", "<>")))
        .containsExactly("9030|-|-", "9031|-|-");
    assertThat(
            server.sql(
                caller(A, B),
                "select t.v, m.Header_Afzender from (select Bericht_Id b, max(Omvang_Volume) v"
                    + " from JW301_ToegewezenProduct group by Bericht_Id) t"
                    + " right join JW301 m on t.b = m.Bericht_Id order by 1 nulls last, 2"))
        .containsExactly("9030|9030", "9031|9031", "-|9030", "-|9031");
  }

  @Test
  void whatIsNotOnAKeyStillMeansAll() {
    assertThat(
            server.sql(
                caller(A, B),
                "select count(*) from JW301_ToegewezenProduct where Omvang_Eenheid in"
                    + " (select Omvang_Eenheid from JW301_ToegewezenProduct"
                    + " where Omvang_Volume = 9030)"))
        .containsExactly("2");
  }

  @Test
  void whoHasNothingYetDoesNotKeepTheOthersFromTheirs() {
    assertThat(server.sql(caller(A, EMPTY), "select count(*) from JW301")).containsExactly("2");
    assertThat(server.door().scopes(caller(EMPTY))).isEmpty();
  }

  @Test
  void aProductThatIsNotActivatedIsNotThere() {
    Map<Product, List<Gemeente>> activated = new EnumMap<>(Product.class);
    activated.put(Product.IJW, List.of(A));
    Caller caller = caller(new Organisation("GM9030", activated));
    assertThat(server.door().scopes(caller)).containsExactly(new Scope("GM9030", Product.IJW));
    refuses(
        Code.UNKNOWN_ORGANISATION,
        () -> server.door().mounted(caller, new Scope("GM9030", Product.IWMO)));
    refuses(Code.UNKNOWN_TABLE, () -> server.sql(caller, "select * from WMO301"));
    refuses(Code.UNKNOWN_TABLE, () -> server.sql(caller, "select * from GM9030.IWMO.WMO301"));
  }

  @Test
  void aVersionOfAGemeenteThatLeftIsGone() {
    String version = server.door().mounted(caller(A, B), SCOPE).version();
    assertThat(server.door().mounted(caller(A, B), SCOPE, version).version()).isEqualTo(version);
    refuses(Code.VERSION_GONE, () -> server.door().mounted(caller(A), SCOPE, version));
    refuses(Code.VERSION_GONE, () -> server.door().mounted(caller(A, EMPTY), SCOPE, version));
    refuses(Code.VERSION_GONE, () -> server.door().mounted(caller(A), SCOPE, "9031x1"));
    refuses(Code.VERSION_GONE, () -> server.door().mounted(caller(A, B), SCOPE, "x-"));
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
