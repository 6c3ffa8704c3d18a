package nl.ketendata.server.query;

import static nl.ketendata.server.testing.TestServer.caller;
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
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDoorTest {
  @TempDir static Path data;
  private static TestServer server;
  private final Caller caller = caller("GM9030");

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-aan-Zee-20240107060000.zip",
        Map.of(
            "JW301.csv",
            """
            Bericht_Id,Header_Afzender,Header_Ontvanger,Header_BerichtIdentificatie_Dagtekening,Uitwisseling_OntvangenGGk
            a,9030,11111111,2024-01-02,2024-01-02T10:00:00
            b,9030,22222222,2024-01-03,2024-07-03T10:00:00
            c,9030,22222222,,
            """,
            "JW301_ToegewezenProduct.csv",
            """
            ToegewezenProduct_Id,Bericht_Id,Product_Categorie,Omvang_Volume,Budget,Ingangsdatum,Commentaar
            p1,a,45,10,1000,2024-01-01,één
            p2,a,45,,,2024-02-01,"twee ""x"", met komma"
            p3,b,50,7,-250,2024-03-01,
            p4,zoek,50,2,1,2024-03-01,zonder ouder
            """));
    server.take(
        "GM9031",
        "Ketendata-IJW-Elders-20240107060000.zip",
        Map.of("JW301.csv", "Bericht_Id,Header_Afzender\nvreemd,9031\n"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private List<String> rows(RowsQuestion question) {
    Mounted mounted = server.mounted("GM9030", Product.IJW);
    try (Answer answer = server.door().rows(caller, mounted, question)) {
      return TestServer.texts(answer.rows(), question.columns().size());
    }
  }

  private static RowsQuestion products(Expression filter, String... columns) {
    return new RowsQuestion(
        "JW301_ToegewezenProduct",
        List.of(columns),
        Optional.of(filter),
        List.of(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private List<String> ids(Expression filter) {
    return rows(products(filter, "ToegewezenProduct_Id"));
  }

  private static Expression column(String name, String... path) {
    return new ColumnOf(Expression.IT, List.of(path), name);
  }

  @Test
  void givesAllRowsInOrderOfDelivery() {
    assertThat(
            rows(
                RowsQuestion.all(
                    "JW301_ToegewezenProduct",
                    List.of("ToegewezenProduct_Id", "Omvang_Volume", "Commentaar"))))
        .containsExactly("p1|10|één", "p2|-|twee \"x\", met komma", "p3|7|-", "p4|2|zonder ouder");
  }

  @Test
  void treatsEqualityAsTwoValued() {
    Expression seven = Call.of(Function.EQ, column("Omvang_Volume"), Constant.of(7L));
    assertThat(ids(seven)).containsExactly("p3");
    assertThat(ids(Call.of(Function.NOT, seven))).containsExactly("p1", "p2", "p4");
    assertThat(ids(Call.of(Function.NE, column("Omvang_Volume"), Constant.of(7L))))
        .containsExactly("p1", "p2", "p4");
    assertThat(ids(Call.of(Function.EQ, column("Omvang_Volume"), Constant.absent())))
        .containsExactly("p2");
    Expression less = Call.of(Function.LT, column("Omvang_Volume"), Constant.of(8L));
    assertThat(ids(less)).containsExactly("p3", "p4");
    assertThat(ids(Call.of(Function.NOT, less))).containsExactly("p1", "p2");
  }

  @Test
  void reachesTheParent() {
    assertThat(
            ids(Call.of(Function.EQ, column("Header_Ontvanger", "JW301"), Constant.of("22222222"))))
        .containsExactly("p3");
    assertThat(ids(Call.of(Function.EQ, column("Bericht_Id", "JW301"), Constant.absent())))
        .containsExactly("p4");
  }

  @Test
  void countsAndQuantifiesChildren() {
    Expression big =
        Call.of(Function.GT, new ColumnOf("p", List.of(), "Omvang_Volume"), Constant.of(5L));
    Expression any =
        new Expression.Lambda(
            false, Expression.IT, List.of("ToegewezenProduct"), "p", Optional.of(big));
    Expression all =
        new Expression.Lambda(
            true, Expression.IT, List.of("ToegewezenProduct"), "p", Optional.of(big));
    Expression two =
        Call.of(
            Function.EQ,
            new Expression.CountOf(Expression.IT, List.of("ToegewezenProduct"), Optional.empty()),
            Constant.of(2L));
    assertThat(messages(any)).containsExactly("a", "b");
    assertThat(messages(all)).containsExactly("b", "c");
    assertThat(messages(two)).containsExactly("a");
    assertThat(messages(Call.of(Function.NOT, any))).containsExactly("c");
  }

  @Test
  void comparesOuterAndInnerRowInsideAQuantifier() {
    Expression condition =
        Call.of(
            Function.EQ,
            new ColumnOf("p", List.of(), "Bericht_Id"),
            new ColumnOf(Expression.IT, List.of(), "Bericht_Id"));
    Expression upward =
        Call.of(
            Function.AND,
            condition,
            Call.of(
                Function.EQ,
                new ColumnOf("p", List.of("JW301"), "Header_Ontvanger"),
                Constant.of("22222222")));
    assertThat(
            messages(
                new Expression.Lambda(
                    false, Expression.IT, List.of("ToegewezenProduct"), "p", Optional.of(upward))))
        .containsExactly("b");
  }

  private List<String> messages(Expression filter) {
    return rows(
        new RowsQuestion(
            "JW301",
            List.of("Bericht_Id"),
            Optional.of(filter),
            List.of(),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of()));
  }

  @Test
  void ordersNullsFirstAndCompletesWithTheKey() {
    RowsQuestion question =
        new RowsQuestion(
            "JW301_ToegewezenProduct",
            List.of("ToegewezenProduct_Id"),
            Optional.empty(),
            List.of(
                new Order(column("Ingangsdatum"), true), new Order(column("Omvang_Volume"), false)),
            1,
            OptionalLong.of(2),
            OptionalLong.empty(),
            List.of());
    assertThat(rows(question)).containsExactly("p3", "p2");
  }

  @Test
  void continuesFromAPosition() {
    Mounted mounted = server.mounted("GM9030", Product.IJW);
    RowsQuestion first =
        new RowsQuestion(
            "JW301_ToegewezenProduct",
            List.of("ToegewezenProduct_Id"),
            Optional.empty(),
            List.of(),
            0,
            OptionalLong.of(3),
            OptionalLong.empty(),
            List.of());
    List<String> page;
    try (Answer answer = server.door().rows(caller, mounted, first)) {
      assertThat(answer.position()).hasValue(1);
      page = TestServer.texts(answer.rows(), 2);
    }
    assertThat(page).hasSize(3);
    long next = Long.parseLong(page.get(2).split("[|]")[1]);
    RowsQuestion second =
        new RowsQuestion(
            first.table(),
            first.columns(),
            first.filter(),
            List.of(),
            0,
            OptionalLong.of(3),
            OptionalLong.of(next),
            List.of());
    assertThat(rows(second)).containsExactly("p3", "p4");
  }

  /** A join may hand rows over in any order; positions must ascend all the same. */
  @Test
  void keepsPositionsAscendingWhenTheFilterReachesTheParent(@TempDir Path folder) {
    StringBuilder parents = new StringBuilder("Bericht_Id,Header_Ontvanger\n");
    StringBuilder children = new StringBuilder("ToegewezenProduct_Id,Bericht_Id\n");
    for (int i = 0; i < 200_000; i++) {
      parents.append("m").append(i).append(',').append(i % 2).append('\n');
    }
    for (int i = 0; i < 60_000; i++) {
      children.append("p").append(i).append(",m").append(i * 7919 % 60_000).append('\n');
    }
    try (TestServer other = new TestServer(folder)) {
      other.take(
          "GM9030",
          "Ketendata-IJW-Groot-20240107060000.zip",
          Map.of(
              "JW301.csv", parents.toString(), "JW301_ToegewezenProduct.csv", children.toString()));
      RowsQuestion question =
          products(
              Call.of(Function.EQ, column("Header_Ontvanger", "JW301"), Constant.of("1")),
              "ToegewezenProduct_Id");
      Mounted mounted = other.mounted("GM9030", Product.IJW);
      try (Answer answer = other.door().rows(caller, mounted, question)) {
        List<Long> positions =
            TestServer.texts(answer.rows(), 2).stream().map(StoreDoorTest::last).toList();
        assertThat(positions).hasSize(30_000).isSorted();
      }
    }
  }

  @Test
  void expandsChildrenWithCountsAndPerParentPages() {
    RowsQuestion children =
        new RowsQuestion(
            "JW301_ToegewezenProduct",
            List.of("ToegewezenProduct_Id"),
            Optional.empty(),
            List.of(new Order(column("ToegewezenProduct_Id"), true)),
            0,
            OptionalLong.of(1),
            OptionalLong.empty(),
            List.of(
                new Expand(
                    "JW301", RowsQuestion.all("JW301", List.of("Header_Ontvanger")), false)));
    for (List<Order> order :
        List.of(List.<Order>of(), List.of(new Order(column("Bericht_Id"), true)))) {
      RowsQuestion question =
          new RowsQuestion(
              "JW301",
              List.of("Bericht_Id"),
              Optional.empty(),
              order,
              0,
              OptionalLong.of(3),
              OptionalLong.empty(),
              List.of(new Expand("ToegewezenProduct", children, true)));
      Mounted mounted = server.mounted("GM9030", Product.IJW);
      try (Answer answer = server.door().rows(caller, mounted, question)) {
        Answer child = answer.expands().get(0);
        Answer parent = child.expands().get(0);
        List<String> outer = TestServer.texts(answer.rows(), 2);
        List<String> inner = TestServer.texts(child.rows(), 3);
        List<String> counts = TestServer.texts(child.counts().orElseThrow(), 2);
        List<String> back = TestServer.texts(parent.rows(), 2);
        assertThat(outer).hasSize(3);
        String ordinalOfA = ordinal(outer, "a");
        String ordinalOfB = ordinal(outer, "b");
        assertThat(inner.stream().map(row -> row.substring(0, row.lastIndexOf('|'))))
            .containsExactlyInAnyOrder("p2|" + ordinalOfA, "p3|" + ordinalOfB)
            .isSortedAccordingTo((x, y) -> Long.compare(last(x), last(y)));
        assertThat(counts).containsExactlyInAnyOrder(ordinalOfA + "|2", ordinalOfB + "|1");
        assertThat(back).hasSize(2);
      }
    }
  }

  private static String ordinal(List<String> rows, String id) {
    return rows.stream()
        .filter(row -> row.startsWith(id + "|"))
        .map(row -> row.split("[|]")[1])
        .findFirst()
        .orElseThrow();
  }

  private static long last(String row) {
    return Long.parseLong(row.substring(row.lastIndexOf('|') + 1));
  }

  @Test
  void countsRows() {
    Mounted mounted = server.mounted("GM9030", Product.IJW);
    assertThat(
            server
                .door()
                .count(
                    caller,
                    mounted,
                    new CountQuestion("JW301_ToegewezenProduct", Optional.empty())))
        .isEqualTo(4);
  }

  @Test
  void answersSqlOverBothProductsWithoutQualification() {
    assertThat(
            server.sql(
                caller,
                "select p.product_categorie, count(*), sum(budget) from jw301 m join"
                    + " jw301_toegewezenproduct p using (bericht_id) left join wmo301 w on"
                    + " w.client_bsn = m.client_bsn group by 1 order by 1"))
        .containsExactly("45|2|1000", "50|1|-250");
  }

  @Test
  void neverShowsAnotherGemeente() {
    String[] attempts = {
      "select * from GM9031.IJW.JW301",
      "select * from JW301 where Bericht_Id in (select Bericht_Id from GM9031.IJW.JW301)",
      "select * from \"GM9031_ijw_0\".main.JW301",
      "select * from \"GM9030_ijw_1\".main._leveringen",
    };
    for (String attempt : attempts) {
      assertThatThrownBy(() -> server.sql(caller, attempt))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(Code.UNKNOWN_TABLE));
    }
    assertThat(server.sql(caller("GM9030", "GM9031"), "select Bericht_Id from GM9031.IJW.JW301"))
        .containsExactly("vreemd");
  }

  @Test
  void mountsSubQueriesOfEveryKind() {
    String in =
        "select Bericht_Id from JW301 where Bericht_Id in (select Bericht_Id from"
            + " JW301_ToegewezenProduct)";
    String exists =
        "select Bericht_Id from JW301 m where exists (select 1 from JW301_ToegewezenProduct p where"
            + " p.Bericht_Id = m.Bericht_Id)";
    String scalar =
        "select Bericht_Id from JW301 m where (select count(*) from JW301_ToegewezenProduct p where"
            + " p.Bericht_Id = m.Bericht_Id) > 0";
    for (String text : List.of(in, exists, scalar)) {
      assertThat(server.sql(caller, text + " order by 1")).containsExactly("a", "b");
    }
  }

  @Test
  void bindsParametersByNumber() {
    assertThat(
            server.sql(
                caller,
                "select ToegewezenProduct_Id from JW301_ToegewezenProduct where Omvang_Volume > ?"
                    + " and Product_Categorie = ? order by 1",
                5L,
                "45"))
        .containsExactly("p1");
  }

  @Test
  void explainsInOurNames() {
    assertThat(server.sql(caller, "explain plan for select count(*) from JW301"))
        .anyMatch(line -> line.contains("GM9030.IJW.JW301"))
        .noneMatch(line -> line.contains("versie"));
  }

  @Test
  void refusesEverythingButQuestions() {
    Map<String, Code> refused =
        Map.of(
            "delete from JW301",
            Code.READ_ONLY,
            "create table x (i int)",
            Code.READ_ONLY,
            "select 1; select 2",
            Code.SYNTAX,
            "select from",
            Code.SYNTAX,
            "select Dagteekening from JW301",
            Code.UNKNOWN_COLUMN,
            "select * from JW302X",
            Code.UNKNOWN_TABLE,
            "select getenv('HOME')",
            Code.NOT_SUPPORTED,
            "select " + "(".repeat(200) + "1" + ")".repeat(200),
            Code.TOO_DEEP,
            "select 1 " + "union select 1 ".repeat(20),
            Code.TOO_LARGE);
    refused.forEach(
        (text, code) ->
            assertThatThrownBy(() -> server.sql(caller, text))
                .as(text)
                .isInstanceOfSatisfying(
                    Failure.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code)));
  }

  @Test
  void namesWhatWasProbablyMeant() {
    assertThatThrownBy(() -> server.sql(caller, "select Header_Afzendr from JW301"))
        .hasMessageContaining("Header_Afzendr")
        .hasMessageContaining("Bedoelde u Header_Afzender?");
  }
}
