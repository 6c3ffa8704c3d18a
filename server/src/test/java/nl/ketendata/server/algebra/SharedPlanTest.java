package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import nl.ketendata.server.question.Step;
import nl.ketendata.server.question.Step.Aggregation;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that differ in their constants only share a plan, and get answers of their own. */
class SharedPlanTest {
  private static final String PRODUCTS = "JW301_ToegewezenProduct";

  @TempDir private Path data;
  private final Planner planner = new Planner();
  private TestServer server;
  private Snapshot snapshot;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20240107060000.zip",
        Map.of(
            "JW301.csv",
            "Bericht_Id\nb1\nb2\n",
            "JW301_ToegewezenProduct.csv",
            """
            ToegewezenProduct_Id,Bericht_Id,Product_Code,Ingangsdatum,Omvang_Volume
            p1,b1,41A03,2024-01-01,1
            p2,b1,41A03,2024-02-01,2
            p3,b2,'$1,2024-03-01,3
            """));
    Gemeente gemeente = Gemeente.parse("GM9030");
    snapshot =
        Snapshot.of(
            Organisation.of(gemeente),
            Product.IJW,
            List.of(server.store().current(gemeente, Product.IJW).orElseThrow()),
            Catalogue.read().standard(Product.IJW).joins());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Expression column(String name) {
    return new Expression.ColumnOf(Expression.IT, List.of(), name);
  }

  private static Expression compared(Function function, String column, Object value) {
    return Call.of(function, column(column), Constant.of(value));
  }

  private static Expression from(String code, LocalDate day, long volume) {
    return Call.of(
        Function.AND,
        compared(Function.EQ, "Product_Code", code),
        Call.of(
            Function.NOT,
            Call.of(
                Function.OR,
                compared(Function.LT, "Ingangsdatum", day),
                compared(Function.LT, "Omvang_Volume", volume))));
  }

  private static RowsQuestion rows(Expression filter, List<Expand> expands) {
    return new RowsQuestion(
        PRODUCTS,
        List.of("ToegewezenProduct_Id"),
        Optional.of(filter),
        List.of(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        expands);
  }

  private long count(Expression filter) {
    return server
        .door()
        .count(
            TestServer.caller("GM9030"),
            server.mounted("GM9030", Product.IJW),
            new CountQuestion(PRODUCTS, Optional.of(filter)));
  }

  @Test
  void anotherCodeDayOrNumberIsAnotherValueForTheSamePlan() {
    Bound<PlanTree> one =
        planner.rows(snapshot, rows(from("41A03", LocalDate.of(2024, 1, 1), 1), List.of()));
    Bound<PlanTree> other =
        planner.rows(snapshot, rows(from("42A01", LocalDate.of(2024, 5, 1), 7), List.of()));
    assertThat(other.plan()).isSameAs(one.plan());
    assertThat(one.plan().plan().sql()).contains("$1", "$2", "$3").doesNotContain("41A03");
    assertThat(other.values()).containsExactly("42A01", LocalDate.of(2024, 5, 1), 7L);
  }

  @Test
  void alsoTheRelatedRowsTakeTheValues() {
    Expand parents = new Expand("JW301", RowsQuestion.all("JW301", List.of("Bericht_Id")), true);
    Bound<PlanTree> bound =
        planner.rows(snapshot, rows(from("41A03", LocalDate.of(2024, 1, 1), 1), List.of(parents)));
    assertThat(bound.values()).hasSize(3);
    assertThat(bound.plan().expands().get(0).plan().sql()).contains("$1", "$2", "$3");
    assertThat(bound.plan().expands().get(0).counts().orElseThrow().sql()).contains("$3");
  }

  @Test
  void eachGetsItsOwnAnswer() {
    assertThat(count(from("41A03", LocalDate.of(2024, 1, 1), 1))).isEqualTo(2);
    assertThat(count(from("41A03", LocalDate.of(2024, 1, 1), 2))).isEqualTo(1);
    assertThat(count(from("41A03", LocalDate.of(2024, 2, 1), 1))).isEqualTo(1);
    assertThat(count(from("'$1", LocalDate.of(2024, 2, 1), 1))).isEqualTo(1);
    assertThat(count(compared(Function.NE, "Product_Code", "41A03"))).isEqualTo(1);
  }

  @Test
  void aValueThatMakesNoDifferenceIsNoParameter() {
    Expression never =
        Call.of(
            Function.AND,
            compared(Function.EQ, "Product_Code", "41A03"),
            Constant.of(Boolean.FALSE));
    assertThat(count(never)).isZero();
    Bound<PlanTree> bound = planner.rows(snapshot, rows(never, List.of()));
    assertThat(bound.values()).isEmpty();
    assertThat(bound.plan().plan().sql()).doesNotContain("$");
  }

  private static List<Step> perCode(long volume, long least) {
    return List.of(
        new Step.Filter(compared(Function.GE, "Omvang_Volume", volume)),
        new Step.GroupBy(
            List.of(List.of(new Expression.ColumnOf(Expression.IT, List.of(), "Product_Code"))),
            List.of(
                new Step.Aggregate(
                    List.of(Aggregation.own(Optional.empty(), Step.Method.COUNT, "n"))))),
        new Step.Filter(compared(Function.GE, "n", least)));
  }

  private static RowsQuestion grouped(long volume, long least) {
    return new RowsQuestion(
        PRODUCTS,
        List.of("Product_Code", "n"),
        List.of(),
        Optional.of(compared(Function.NE, "Product_Code", "x")),
        perCode(volume, least),
        List.of(),
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  private List<String> groups(long volume, long least) {
    try (Answer answer =
        server
            .door()
            .rows(
                TestServer.caller("GM9030"),
                server.mounted("GM9030", Product.IJW),
                grouped(volume, least))) {
      return TestServer.texts(answer.rows(), 2);
    }
  }

  @Test
  void conditionsBeforeGroupingTakeTheirValuesToo() {
    Bound<PlanTree> one = planner.rows(snapshot, grouped(1, 1));
    assertThat(planner.rows(snapshot, grouped(7, 1)).plan()).isSameAs(one.plan());
    assertThat(planner.rows(snapshot, grouped(1, 2)).plan()).isNotSameAs(one.plan());
    assertThat(one.values()).containsExactly("x", 1L);
    assertThat(groups(1, 1)).containsExactly("'$1|1", "41A03|2");
    assertThat(groups(2, 1)).containsExactly("'$1|1", "41A03|1");
    assertThat(groups(3, 1)).containsExactly("'$1|1");
    assertThat(groups(1, 2)).containsExactly("41A03|2");
    CountQuestion counted = new CountQuestion(PRODUCTS, Optional.empty(), perCode(2, 1));
    assertThat(
            server
                .door()
                .count(TestServer.caller("GM9030"), server.mounted("GM9030", Product.IJW), counted))
        .isEqualTo(2);
    assertThat(planner.count(snapshot, counted).values()).containsExactly(2L);
  }
}
