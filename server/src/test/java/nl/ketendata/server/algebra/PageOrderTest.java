package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine is made to sort, and what not. */
class PageOrderTest {
  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    for (String gemeente : List.of("GM9030", "GM9031")) {
      server.take(
          gemeente,
          "Ketendata-IJW-Test-20240107060000.zip",
          Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,1\nb,2\n"));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Snapshot snapshot(String... codes) {
    List<Gemeente> gemeenten = List.of(codes).stream().map(Gemeente::parse).toList();
    return Snapshot.of(
        new Organisation("REGIO", gemeenten),
        Product.IJW,
        gemeenten.stream()
            .map(gemeente -> server.store().current(gemeente, Product.IJW).orElseThrow())
            .toList(),
        Catalogue.read().standard(Product.IJW).joins());
  }

  private static PlanTree plan(Snapshot snapshot, List<String> order, List<Expand> expands) {
    RowsQuestion question =
        new RowsQuestion(
            "JW301",
            List.of("Bericht_Id"),
            Optional.empty(),
            order.stream().map(PageOrderTest::by).toList(),
            0,
            OptionalLong.of(10),
            OptionalLong.empty(),
            expands);
    return new Planner().rows(snapshot, question).plan();
  }

  private static Order by(String column) {
    return new Order(new Expression.ColumnOf(Expression.IT, List.of(), column), true);
  }

  private static String order(String sql) {
    return sql.substring(sql.lastIndexOf("ORDER BY"), sql.lastIndexOf("LIMIT"));
  }

  @Test
  void nothingIsSortedBehindTheRowKey() {
    Snapshot one = snapshot("GM9030");
    assertThat(order(plan(one, List.of("Header_Ontvanger"), List.of()).plan().sql()))
        .isEqualToNormalizingWhitespace(
            "ORDER BY \"Header_Ontvanger\" DESC, \"Bericht_Id\" NULLS FIRST");
    assertThat(order(plan(one, List.of("Bericht_Id", "Header_Ontvanger"), List.of()).plan().sql()))
        .isEqualToNormalizingWhitespace("ORDER BY \"Bericht_Id\" DESC");
  }

  @Test
  void betweenGemeentenAKeyIsNotUnique() {
    Snapshot two = snapshot("GM9030", "GM9031");
    assertThat(order(plan(two, List.of("Bericht_Id", "Header_Ontvanger"), List.of()).plan().sql()))
        .containsSubsequence("\"Bericht_Id\" DESC", "\"Header_Ontvanger\" DESC", "\"_");
  }

  @Test
  void onlyTheRowsOfThePageAreNumbered() {
    Expand products =
        new Expand(
            "ToegewezenProduct",
            RowsQuestion.all("JW301_ToegewezenProduct", List.of("Bericht_Id")),
            false);
    PlanTree tree = plan(snapshot("GM9030"), List.of("Header_Ontvanger"), List.of(products));
    String numbered = "(?s).*ROW_NUMBER\\(\\).*FROM \\(SELECT.*LIMIT 10\\) AS.*";
    assertThat(tree.plan().sql()).matches(numbered);
    assertThat(tree.expands().get(0).plan().sql()).matches(numbered);
  }
}
